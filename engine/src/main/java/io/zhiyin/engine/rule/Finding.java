package io.zhiyin.engine.rule;

import io.zhiyin.engine.event.InvalidFieldException;

/// What a check found in a set of rules.
///
/// @param severity errors keep a set from being saved; warnings do not
/// @param rule which rule, counted from 0
/// @param field the field's path, such as `rules[3].when`
/// @param value what stands there, shortened
/// @param reason a sentence's end, such as `holds for no item of this catalogue`
public record Finding(Severity severity, int rule, String field, String value, String reason) {
  /// How bad it is.
  public enum Severity {
    ERROR,
    WARNING
  }

  static Finding of(Severity severity, int rule, String field, Object value, String reason) {
    InvalidFieldException shortened =
        new InvalidFieldException("rules[" + rule + "]." + field, value, reason);
    return new Finding(severity, rule, shortened.field(), shortened.value(), reason);
  }
}
