package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.InvalidFieldException;
import java.nio.file.Path;

/// One record of a file that was not taken.
///
/// @param line the line of the file where the record starts, counted from 1
/// @param field the column or field that was wrong
/// @param value what stood there, shortened
/// @param reason a clause that follows the field's name
public record Reject(Path file, long line, String field, String value, String reason) {
  static Reject of(Path file, long line, InvalidFieldException e) {
    return new Reject(file, line, e.field(), e.value(), e.reason());
  }
}
