package io.zhiyin.engine.event;

/// The one rule that every id keeps.
final class Ids {
  static final int MAX_LENGTH = 256;

  private Ids() {}

  static void check(String field, String value) {
    if (value.isEmpty()) {
      throw new InvalidFieldException(field, value, "must not be empty");
    }
    if (value.length() > MAX_LENGTH) {
      throw new InvalidFieldException(
          field, value.substring(0, 32) + "…", "must have at most " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new InvalidFieldException(field, value, "must not have control characters");
      }
    }
  }
}
