package io.zhiyin.engine.filter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import io.zhiyin.engine.event.InvalidFieldException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Compiles the filter expressions of requests, in [CEL](https://cel.dev), and keeps the last ones.
///
/// | field | type | when the item does not say |
/// |---|---|---|
/// | `itemId`, `title`, `brand`, `language` | string | empty |
/// | `categories` (full paths), `tags` | list of string | empty |
/// | `attributes` | map of string to string | empty; reading a key that is not there is as with `price` |
/// | `price` | double | the expression does not hold, unless another part of it decides |
/// | `stock` | int | the largest int: stock is not kept |
/// | `ageDays` | double, days since it was published or first put | – |
///
/// Examples: `price < 50 && brand == "Muji"`, `categories.exists(c, c.startsWith("Beauty"))`,
/// `"sale" in tags`, `ageDays < 30`, `attributes["colour"] == "red"`.
///
/// An expression is at most [#MAX_LENGTH] characters, its loops at most [#MAX_STEPS] steps an item.
public final class RequestExpressions {
  public static final int MAX_LENGTH = 2_000;
  static final int MAX_STEPS = 1_000;
  private static final int KEPT = 1_000;

  /// Pages of remembered answers, 8 KiB for 1,024 items each: 32 MiB a shop.
  private static final int MOST_PAGES = 4_096;

  private static final SequencedMap<String, CelType> FIELDS = new LinkedHashMap<>();

  static {
    FIELDS.put("itemId", SimpleType.STRING);
    FIELDS.put("title", SimpleType.STRING);
    FIELDS.put("categories", ListType.create(SimpleType.STRING));
    FIELDS.put("brand", SimpleType.STRING);
    FIELDS.put("price", SimpleType.DOUBLE);
    FIELDS.put("stock", SimpleType.INT);
    FIELDS.put("tags", ListType.create(SimpleType.STRING));
    FIELDS.put("attributes", MapType.create(SimpleType.STRING, SimpleType.STRING));
    FIELDS.put("language", SimpleType.STRING);
    FIELDS.put("ageDays", SimpleType.DOUBLE);
  }

  private final CelCompiler compiler = CelConditions.compiler(FIELDS);
  private final Semaphore pagesOfVerdicts = new Semaphore(MOST_PAGES);
  private final Cache<String, RequestExpression> compiled =
      Caffeine.newBuilder()
          .maximumSize(KEPT)
          .executor(Runnable::run)
          .removalListener(RequestExpressions::forget)
          .build();

  private static void forget(
      @Nullable String text, @Nullable RequestExpression expression, RemovalCause cause) {
    if (expression != null) {
      expression.close();
    }
  }

  /// The fields that a condition may name, with their types in words.
  public static SequencedMap<String, String> fields() {
    return CelConditions.words(FIELDS);
  }

  /// The compiled expression.
  ///
  /// @throws InvalidFieldException of the field `filter` when it is too long, is no CEL, names an
  ///   unknown field or is not a condition; the reason says where
  public RequestExpression compile(String text) {
    return compiled.get(
        text,
        fresh ->
            new RequestExpression(
                fresh,
                CelConditions.program(compiler, "filter", fresh),
                new ItemVerdicts(pagesOfVerdicts)));
  }
}
