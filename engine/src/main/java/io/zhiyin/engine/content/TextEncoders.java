package io.zhiyin.engine.content;

import io.zhiyin.engine.catalog.Item;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The readers of text that there are, one for each script at most. Immutable.
public final class TextEncoders {
  /// Nobody can read: texts have no vectors.
  public static final TextEncoders NONE = new TextEncoders(List.of());

  private final Map<Script, TextEncoder> byScript = new EnumMap<>(Script.class);

  /// @throws IllegalArgumentException when two read the same script
  public TextEncoders(List<? extends TextEncoder> encoders) {
    for (TextEncoder encoder : encoders) {
      TextEncoder other = byScript.putIfAbsent(encoder.script(), encoder);
      if (other != null) {
        throw new IllegalArgumentException(
            encoder.id() + " and " + other.id() + " both read " + encoder.script());
      }
    }
  }

  /// What of an item is read: its title, or nothing when it has none.
  public static String textOf(Item item) {
    String title = item.fields().title();
    return title == null ? "" : title.strip();
  }

  /// Who reads that text; nobody when it is blank or in a script that nobody knows.
  public Optional<TextEncoder> forText(String text) {
    return byScript.isEmpty() || text.isBlank()
        ? Optional.empty()
        : Optional.ofNullable(byScript.get(Script.of(text)));
  }

  /// All of them, in the order of their scripts.
  public List<TextEncoder> all() {
    return List.copyOf(byScript.values());
  }
}
