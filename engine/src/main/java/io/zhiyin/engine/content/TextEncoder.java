package io.zhiyin.engine.content;

import java.util.Optional;

/// A pretrained reading of text: text → a vector, such that texts that mean the same are near.
///
/// A pure function: the same text gives the same bytes, whatever was read before and on whatever
/// thread. Any number of threads may call.
public interface TextEncoder {
  /// Names the pretrained weights and how they are used. Vectors of different names cannot be
  /// compared. Letters, digits, `.` and `-` only.
  String id();

  /// What it can read.
  Script script();

  /// How many numbers a vector has.
  int size();

  /// The text's vector `[size]` of length 1, or zeros when the text is blank; may take some
  /// milliseconds.
  float[] encode(String text);

  /// The same vector when it is at hand without any work, for callers that cannot wait.
  default Optional<float[]> known(String text) {
    return Optional.empty();
  }
}
