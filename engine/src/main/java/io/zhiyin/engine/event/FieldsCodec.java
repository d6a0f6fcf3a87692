package io.zhiyin.engine.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The item document as bytes: fourteen bits that say which fields are given, then those fields.
public final class FieldsCodec {
  private FieldsCodec() {}

  public static void put(RecordWriter out, ItemFields fields) {
    @Nullable Object[] values = {
      fields.title(),
      fields.description(),
      fields.categories(),
      fields.brand(),
      fields.price(),
      fields.currency(),
      fields.stock(),
      fields.available(),
      fields.language(),
      fields.imageUrls(),
      fields.tags(),
      fields.attributes(),
      fields.publishTime(),
      fields.expireTime()
    };
    int given = 0;
    for (int i = 0; i < values.length; i++) {
      given |= values[i] == null ? 0 : 1 << i;
    }
    out.number(given);
    if (fields.title() != null) {
      out.text(fields.title());
    }
    if (fields.description() != null) {
      out.text(fields.description());
    }
    if (fields.categories() != null) {
      out.texts(fields.categories());
    }
    if (fields.brand() != null) {
      out.text(fields.brand());
    }
    if (fields.price() != null) {
      out.real(fields.price());
    }
    if (fields.currency() != null) {
      out.text(fields.currency());
    }
    if (fields.stock() != null) {
      out.number(fields.stock());
    }
    if (fields.available() != null) {
      out.oneByte(fields.available() ? 1 : 0);
    }
    if (fields.language() != null) {
      out.text(fields.language());
    }
    if (fields.imageUrls() != null) {
      out.texts(fields.imageUrls());
    }
    if (fields.tags() != null) {
      out.texts(fields.tags());
    }
    if (fields.attributes() != null) {
      out.map(fields.attributes());
    }
    if (fields.publishTime() != null) {
      out.time(fields.publishTime());
    }
    if (fields.expireTime() != null) {
      out.time(fields.expireTime());
    }
  }

  /// Reads what many items say alike: brands, categories, tags, currencies, languages, stock. This
  /// one makes each anew; who remembers them need not.
  public interface Alike {
    default String text(RecordReader in) {
      return in.text();
    }

    default List<String> texts(RecordReader in) {
      return in.texts();
    }

    default Integer whole(RecordReader in) {
      return in.whole();
    }
  }

  public static ItemFields take(RecordReader in) {
    return take(in, new Alike() {});
  }

  public static ItemFields take(RecordReader in, Alike alike) {
    int given = Math.toIntExact(in.number());
    return new ItemFields(
        has(given, 0) ? in.text() : null,
        has(given, 1) ? in.text() : null,
        has(given, 2) ? alike.texts(in) : null,
        has(given, 3) ? alike.text(in) : null,
        has(given, 4) ? Double.valueOf(in.real()) : null,
        has(given, 5) ? alike.text(in) : null,
        has(given, 6) ? alike.whole(in) : null,
        has(given, 7) ? Boolean.valueOf(in.oneByte() == 1) : null,
        has(given, 8) ? alike.text(in) : null,
        has(given, 9) ? in.texts() : null,
        has(given, 10) ? alike.texts(in) : null,
        has(given, 11) ? in.map() : null,
        has(given, 12) ? in.time() : null,
        has(given, 13) ? in.time() : null);
  }

  private static boolean has(int given, int bit) {
    return (given >>> bit & 1) != 0;
  }
}
