package io.zhiyin.engine.event;

import org.jspecify.annotations.Nullable;

/// Input that is refused: which field, which value, and why. It becomes one entry of `errors` in a
/// problem document, or one line of a reject file.
public final class InvalidFieldException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String value;
  private final String reason;

  /// @param field the field's path as the sender wrote it, for example `items[2].price`
  /// @param value what was sent, shortened to 120 characters
  /// @param reason a clause that follows the field's name, such as `must not be empty`
  public InvalidFieldException(String field, @Nullable Object value, String reason) {
    super(field + " " + reason + " (was: " + shorten(value) + ")");
    this.field = field;
    this.value = shorten(value);
    this.reason = reason;
  }

  public String field() {
    return field;
  }

  public String value() {
    return value;
  }

  public String reason() {
    return reason;
  }

  private static String shorten(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() <= 120 ? text : text.substring(0, 119) + "…";
  }
}
