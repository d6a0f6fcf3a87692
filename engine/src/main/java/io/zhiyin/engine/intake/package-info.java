/// Foreign formats at the door: JSON, CSV, sequences and others become validated events and items.
///
/// What cannot be understood is refused with field, value and reason, never guessed and never
/// dropped in silence. Everything past this room is typed.
@NullMarked
package io.zhiyin.engine.intake;

import org.jspecify.annotations.NullMarked;
