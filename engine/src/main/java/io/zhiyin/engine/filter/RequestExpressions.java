package io.zhiyin.engine.filter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import io.zhiyin.engine.event.InvalidFieldException;

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

  private final CelCompiler compiler =
      CelConditions.compiler()
          .addVar("itemId", SimpleType.STRING)
          .addVar("title", SimpleType.STRING)
          .addVar("categories", ListType.create(SimpleType.STRING))
          .addVar("brand", SimpleType.STRING)
          .addVar("price", SimpleType.DOUBLE)
          .addVar("stock", SimpleType.INT)
          .addVar("tags", ListType.create(SimpleType.STRING))
          .addVar("attributes", MapType.create(SimpleType.STRING, SimpleType.STRING))
          .addVar("language", SimpleType.STRING)
          .addVar("ageDays", SimpleType.DOUBLE)
          .build();
  private final Cache<String, RequestExpression> compiled =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  /// The compiled expression.
  ///
  /// @throws InvalidFieldException of the field `filter` when it is too long, is no CEL, names an
  ///   unknown field or is not a condition; the reason says where
  public RequestExpression compile(String text) {
    return compiled.get(
        text,
        fresh -> new RequestExpression(fresh, CelConditions.program(compiler, "filter", fresh)));
  }
}
