package io.zhiyin.engine.filter;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.pipeline.ItemCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A filter expression of a request, compiled: immutable and shared between requests.
///
/// An item for which it cannot be evaluated is not shown: who asks for red gets nothing of unknown
/// colour, and who asks for a price gets nothing of unknown price.
public final class RequestExpression {
  private static final double MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

  /// So many requests bring it before its answers are remembered: one that comes once would only
  /// take room.
  static final int OFTEN = 8;

  private final String text;
  private final Program program;
  private final ItemVerdicts verdicts;
  private final AtomicInteger requests = new AtomicInteger();

  RequestExpression(String text, Program program, ItemVerdicts verdicts) {
    this.text = text;
    this.program = program;
    this.verdicts = verdicts;
  }

  public String text() {
    return text;
  }

  /// Whether what it says of an item may change with time alone.
  public boolean readsClock() {
    return text.contains("ageDays");
  }

  /// The condition as of a moment, which `ageDays` is counted from.
  public ItemCondition at(Instant now) {
    return item -> {
      try {
        CelVariableResolver fields = name -> Optional.ofNullable(value(item, name, now));
        return Boolean.TRUE.equals(program.eval(fields));
      } catch (CelEvaluationException _) {
        return false;
      }
    };
  }

  /// The condition for one request as of its moment, answered from memory where other requests
  /// brought it before.
  public ItemCondition forRequest(Instant now) {
    ItemCondition evaluated = at(now);
    boolean comesOften = requests.get() >= OFTEN || requests.incrementAndGet() >= OFTEN;
    return comesOften && !readsClock()
        ? new ItemVerdicts.Remembered(verdicts, evaluated)
        : evaluated;
  }

  /// Forgets what was remembered.
  void close() {
    verdicts.close();
  }

  private static @Nullable Object value(Item item, String name, Instant now) {
    ItemFields fields = item.fields();
    return switch (name) {
      case "itemId" -> item.itemId().value();
      case "title" -> orElse(fields.title(), "");
      case "categories" -> orElse(fields.categories(), List.of());
      case "brand" -> item.brand();
      case "price" -> Double.isNaN(item.price()) ? null : item.price();
      case "stock" -> fields.stock() == null ? Long.MAX_VALUE : fields.stock().longValue();
      case "tags" -> orElse(fields.tags(), List.of());
      case "attributes" -> orElse(fields.attributes(), Map.of());
      case "language" -> orElse(fields.language(), "");
      case "ageDays" -> Duration.between(item.publishedAt(), now).toMillis() / MILLIS_PER_DAY;
      default -> null;
    };
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
