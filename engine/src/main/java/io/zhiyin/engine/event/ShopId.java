package io.zhiyin.engine.event;

import java.util.regex.Pattern;

/// Names one shop (tenant). Every store key, model and metric carries it, so it is kept to what is
/// safe in a file name and a metric label.
///
/// @param value 1 to 64 of `a-z 0-9 - _`, starting with a letter or digit
public record ShopId(String value) {
  private static final Pattern SAFE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  /// The shop that needs no set-up.
  public static final ShopId DEFAULT = new ShopId("default");

  /// @throws InvalidFieldException when the text is not of that form
  public ShopId {
    if (!SAFE.matcher(value).matches()) {
      throw new InvalidFieldException(
          "shopId",
          value,
          "must be 1 to 64 of a-z, 0-9, '-' and '_', starting with a letter or digit");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
