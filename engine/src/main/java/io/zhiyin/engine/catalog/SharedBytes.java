package io.zhiyin.engine.catalog;

import io.zhiyin.engine.event.FieldsCodec;
import io.zhiyin.engine.event.RecordReader;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds [SharedValues] by the bytes that they are written as. The items of a piece of a snapshot
/// say the same brands, categories and currencies over and over: four million texts for a million
/// items would be made to find that they are known.
///
/// What lies in the same place of a table drives the other out; it is then made anew and looked up.
final class SharedBytes implements FieldsCodec.Alike {
  private static final int BITS = 11;
  private static final int PLACES = 1 << BITS;

  private final SharedValues values;
  private final Table<String> texts;
  private final Table<List<String>> lists;

  SharedBytes(SharedValues values) {
    this.values = values;
    texts = new Table<>(written -> values.one(written.text()));
    lists = new Table<>(written -> Objects.requireNonNull(values.texts(written.texts())));
  }

  @Override
  public String text(RecordReader in) {
    int from = in.position();
    in.skipText();
    return texts.of(in, from);
  }

  @Override
  public List<String> texts(RecordReader in) {
    int from = in.position();
    in.skipTexts();
    return lists.of(in, from);
  }

  @Override
  public Integer whole(RecordReader in) {
    return values.one(in.whole());
  }

  private static final class Table<T> {
    private final byte[] @Nullable [] written = new byte[PLACES][];
    private final @Nullable Object[] made = new Object[PLACES];
    private final Function<RecordReader, T> maker;

    Table(Function<RecordReader, T> maker) {
      this.maker = maker;
    }

    /// @param in has gone past the bytes from `from` on
    @SuppressWarnings("unchecked") // what was made of the same bytes
    T of(RecordReader in, int from) {
      int to = in.position();
      int place = (in.hash(from, to) * 0x9e3779b9) >>> (Integer.SIZE - BITS);
      byte[] there = written[place];
      Object known = made[place];
      if (there != null && known != null && in.isSame(from, to, there)) {
        return (T) known;
      }
      byte[] bytes = new byte[to - from];
      in.copy(from, bytes.length, bytes, 0);
      T value = maker.apply(new RecordReader(bytes));
      written[place] = bytes;
      made[place] = value;
      return value;
    }
  }
}
