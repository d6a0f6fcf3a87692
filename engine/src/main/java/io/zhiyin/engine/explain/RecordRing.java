package io.zhiyin.engine.explain;

import io.zhiyin.engine.event.RecordWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// The newest records, in a bounded number of bytes.
///
/// Records that live for seconds to hours and then go are the worst that one can give to a
/// collector of generations: it copies them again and again before they are old. So they lie in few
/// large blocks, which are used again, the oldest first.
///
/// Safe for threads: one at a time, for as long as it takes to copy a record.
///
/// @param <K> finds a record
final class RecordRing<K> {
  private static final int BLOCK = 1 << 20;

  /// About what a key and its place take beside the record.
  private static final int BESIDE = 200;

  private final long limit;
  private final Deque<Block<K>> blocks = new ArrayDeque<>();
  private final Map<K, Place<K>> places = new HashMap<>();
  private long room;

  private static final class Block<K> {
    private final byte[] bytes;
    private final List<K> keys = new ArrayList<>();
    private int used;

    private Block(int size) {
      bytes = new byte[size];
    }
  }

  private record Place<K>(Block<K> block, int offset, int length, long nanos) {
    private byte[] record() {
      return Arrays.copyOfRange(block.bytes, offset, offset + length);
    }
  }

  /// @param limit how many bytes may be kept
  RecordRing(long limit) {
    this.limit = limit;
  }

  /// Keeps a record, in place of one with this key; lets go of the oldest where room is needed. A
  /// record that is too long by itself is not kept.
  ///
  /// @param nanos a moment, for [#find]
  synchronized void put(K key, RecordWriter record, long nanos) {
    int needed = record.size() + BESIDE;
    Block<K> block = blocks.peekLast();
    if (block == null || block.bytes.length - block.used < needed) {
      block = block(needed);
      if (block == null) {
        return;
      }
    }
    record.copyTo(block.bytes, block.used);
    places.put(key, new Place<>(block, block.used, record.size(), nanos));
    block.keys.add(key);
    block.used += needed;
  }

  private @Nullable Block<K> block(int needed) {
    int size = (int) Math.min(limit, Math.max(BLOCK, needed));
    if (size < needed) {
      return null;
    }
    Block<K> block = null;
    while (room + size > limit) {
      Block<K> oldest = blocks.removeFirst();
      room -= oldest.bytes.length;
      empty(oldest);
      block = oldest;
    }
    if (block == null || block.bytes.length != size) {
      block = new Block<>(size);
    }
    room += size;
    blocks.addLast(block);
    return block;
  }

  private void empty(Block<K> block) {
    for (K key : block.keys) {
      Place<K> place = places.get(key);
      if (place != null && place.block == block) {
        places.remove(key);
      }
    }
    block.keys.clear();
    block.used = 0;
  }

  /// The record of that key, or null.
  ///
  /// @param since records that were put before this moment are not found
  synchronized byte @Nullable [] find(K key, long since) {
    Place<K> place = places.get(key);
    return place == null || place.nanos - since < 0 ? null : place.record();
  }

  /// Drops records and overwrites them with zeros.
  synchronized void removeIf(BiPredicate<K, byte[]> condition) {
    Iterator<Map.Entry<K, Place<K>>> all = places.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<K, Place<K>> entry = all.next();
      Place<K> place = entry.getValue();
      if (condition.test(entry.getKey(), place.record())) {
        Arrays.fill(place.block.bytes, place.offset, place.offset + place.length, (byte) 0);
        all.remove();
      }
    }
  }
}
