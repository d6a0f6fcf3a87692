package io.zhiyin.engine.model;

import io.zhiyin.engine.event.ItemId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/// The ids of a file's lines, kept as the file's bytes: a million of them are 12 MB and not 80, and
/// nothing that the collector follows while a start reads the catalogue. Each [#get] makes the id
/// anew.
final class ItemNames extends AbstractList<ItemId> implements RandomAccess {
  private final byte[] text;

  /// Where each line ends; the next one starts behind it.
  private final int[] ends;

  private ItemNames(byte[] text, int[] ends) {
    this.text = text;
    this.ends = ends;
  }

  /// The lines of a file in UTF-8; whether each is an id shows when it is asked for.
  static ItemNames read(Path file) throws IOException {
    byte[] text = Files.readAllBytes(file);
    int[] ends = new int[1024];
    int lines = 0;
    for (int at = 0; at < text.length; at++) {
      if (text[at] == '\n' || at + 1 == text.length) {
        if (lines == ends.length) {
          ends = Arrays.copyOf(ends, 2 * lines);
        }
        ends[lines++] = text[at] == '\n' ? at : at + 1;
      }
    }
    return new ItemNames(text, Arrays.copyOf(ends, lines));
  }

  /// @throws io.zhiyin.engine.event.InvalidFieldException when the line is no id
  @Override
  public ItemId get(int line) {
    int start = line == 0 ? 0 : ends[line - 1] + 1;
    int end = ends[line];
    if (end > start && text[end - 1] == '\r') { // as some systems end their lines
      end--;
    }
    return new ItemId(new String(text, start, end - start, StandardCharsets.UTF_8));
  }

  @Override
  public int size() {
    return ends.length;
  }
}
