package io.zhiyin.learning.encode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Vectors of texts that one encoder has read, by the texts' hashes, so that no text is read twice.
///
/// Numbers are kept in half precision, 2·m bytes a text; a unit vector moves by less than 0.001
/// through it. Any number of threads may call.
final class VectorMemory {
  private final String encoderId;
  private final int size;
  private final Map<Key, short[]> vectors = new ConcurrentHashMap<>();
  private volatile boolean changed;

  /// The first half of a text's SHA-256.
  record Key(long high, long low) {
    static Key of(String text) {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(hash);
        return new Key(bytes.getLong(), bytes.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /// @param size m, numbers of a vector
  VectorMemory(String encoderId, int size) {
    this.encoderId = encoderId;
    this.size = size;
  }

  String encoderId() {
    return encoderId;
  }

  int size() {
    return size;
  }

  /// How many texts are known.
  int count() {
    return vectors.size();
  }

  Optional<float[]> find(String text) {
    short[] halves = vectors.get(Key.of(text));
    return halves == null ? Optional.empty() : Optional.of(floats(halves));
  }

  /// Keeps the vector and gives it back as [#find] will from now on.
  float[] put(String text, float[] vector) {
    short[] halves = new short[size];
    for (int i = 0; i < size; i++) {
      halves[i] = Float.floatToFloat16(vector[i]);
    }
    vectors.put(Key.of(text), halves);
    changed = true;
    return floats(halves);
  }

  private static float[] floats(short[] halves) {
    float[] vector = new float[halves.length];
    for (int i = 0; i < halves.length; i++) {
      vector[i] = Float.float16ToFloat(halves[i]);
    }
    return vector;
  }

  /// Forgets what is not among these texts, once that is more than half of all.
  void keepMostly(Collection<String> texts) {
    Set<Key> kept = new HashSet<>();
    texts.forEach(text -> kept.add(Key.of(text)));
    if (vectors.size() > 2 * kept.size()) {
      changed |= vectors.keySet().retainAll(kept);
    }
  }

  /// Whether something changed since the last call; whoever asks saves.
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  Map<Key, short[]> entries() {
    return vectors;
  }

  /// Puts back what was saved.
  void restore(Key key, short[] halves) {
    vectors.put(key, halves);
  }

  /// Saving failed: what changed is still to be saved.
  void markChanged() {
    changed = true;
  }
}
