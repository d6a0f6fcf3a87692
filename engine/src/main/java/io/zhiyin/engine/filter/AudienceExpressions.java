package io.zhiyin.engine.filter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Shopper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Compiles conditions on who asks and from where, in [CEL](https://cel.dev), and keeps the last
/// ones. They are asked once a request, never for an item.
///
/// | field | type | |
/// |---|---|---|
/// | `user.id` | string | the user's or visitor's id |
/// | `user.signedIn` | bool | a user, not a visitor |
/// | `user.events`, `user.purchases` | int | in the shopper's history |
/// | `user.categories`, `user.brands` | list of string | of the last 50 items that the shopper did something with |
/// | `page.itemId`, `page.brand` | string | empty where there is no page's item |
/// | `page.categories` | list of string | full paths; empty where there is none |
/// | `page.price` | double | the condition does not hold where it is not known |
/// | `cart.size` | int | |
/// | `cart.value` | double | sum of the known prices |
public final class AudienceExpressions {
  private static final int RECENT = 50;
  private static final ListType TEXTS = ListType.create(SimpleType.STRING);

  private static final SequencedMap<String, CelType> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("user.id", SimpleType.STRING);
    FIELDS.put("user.signedIn", SimpleType.BOOL);
    FIELDS.put("user.events", SimpleType.INT);
    FIELDS.put("user.purchases", SimpleType.INT);
    FIELDS.put("user.categories", TEXTS);
    FIELDS.put("user.brands", TEXTS);
    FIELDS.put("page.itemId", SimpleType.STRING);
    FIELDS.put("page.categories", TEXTS);
    FIELDS.put("page.brand", SimpleType.STRING);
    FIELDS.put("page.price", SimpleType.DOUBLE);
    FIELDS.put("cart.size", SimpleType.INT);
    FIELDS.put("cart.value", SimpleType.DOUBLE);
  }

  private final CelCompiler compiler = CelConditions.compiler(FIELDS);
  private final Cache<String, Predicate<Query>> compiled =
      Caffeine.newBuilder().maximumSize(1_000).build();

  /// The fields that a condition may name, with their types in words.
  public static SequencedMap<String, String> fields() {
    return CelConditions.words(FIELDS);
  }

  /// The compiled condition; one that cannot be evaluated does not hold.
  ///
  /// @throws InvalidFieldException of the field `audience`; the reason says where
  public Predicate<Query> compile(String text) {
    return compiled.get(text, this::compileNew);
  }

  private Predicate<Query> compileNew(String text) {
    Program program = CelConditions.program(compiler, "audience", text);
    return query -> {
      CelVariableResolver fields = name -> Optional.ofNullable(value(query, name));
      try {
        return Boolean.TRUE.equals(program.eval(fields));
      } catch (CelEvaluationException _) {
        return false;
      }
    };
  }

  private static @Nullable Object value(Query query, String name) {
    History history = query.profile().history();
    Item page = query.catalog().at(query.pageItem());
    return switch (name) {
      case "user.id" -> query.profile().shopper().value();
      case "user.signedIn" -> query.profile().shopper() instanceof Shopper.User;
      case "user.events" -> (long) history.size();
      case "user.purchases" -> purchases(history);
      case "user.categories" -> ofRecentItems(query, AudienceExpressions::categories);
      case "user.brands" ->
          ofRecentItems(query, item -> item.brand().isEmpty() ? List.of() : List.of(item.brand()));
      case "page.itemId" -> page == null ? "" : page.itemId().value();
      case "page.categories" -> page == null ? List.of() : categories(page);
      case "page.brand" -> page == null ? "" : page.brand();
      case "page.price" -> page == null ? null : page.fields().price();
      case "cart.size" -> (long) query.cart().length;
      case "cart.value" -> cartValue(query);
      default -> null;
    };
  }

  private static long purchases(History history) {
    long count = 0;
    for (int i = 0; i < history.size(); i++) {
      count += history.kindCode(i) == EventKind.PURCHASE_COMPLETE.code() ? 1 : 0;
    }
    return count;
  }

  private static List<String> categories(Item item) {
    List<String> categories = item.fields().categories();
    return categories == null ? List.of() : categories;
  }

  private static List<String> ofRecentItems(Query query, Function<Item, List<String>> values) {
    Set<String> all = new LinkedHashSet<>();
    History recent = query.profile().history().newest(RECENT);
    for (int i = 0; i < recent.size(); i++) {
      Item item = query.catalog().at(recent.item(i));
      if (item != null) {
        all.addAll(values.apply(item));
      }
    }
    return new ArrayList<>(all);
  }

  private static double cartValue(Query query) {
    double sum = 0;
    for (int index : query.cart()) {
      Item item = query.catalog().at(index);
      sum += item == null || Double.isNaN(item.price()) ? 0 : item.price();
    }
    return sum;
  }
}
