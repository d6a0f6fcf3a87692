package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.TypedSequence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// Tells whether two trainings would take the same steps.
final class Fingerprint {
  private final MessageDigest digest;

  private Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// @param shares into which each step is cut, over the threads of all processes
  /// @param items which item each row is
  static byte[] of(
      SequenceSettings settings,
      TrainingOptions options,
      int shares,
      int[] items,
      List<TypedSequence> sequences,
      Split split) {
    Fingerprint all = new Fingerprint();
    // the time that is allowed changes no step
    all.add(
        "%s epochs=%d seed=%d threads=%d code=%s"
            .formatted(settings, options.epochs(), options.seed(), shares, CodeVersion.current()));
    all.add(items);
    for (TypedSequence sequence : sequences) {
      all.add(sequence.items());
      all.add(sequence.targets());
      ByteBuffer rest = ByteBuffer.allocate(sequence.size() * (1 + Long.BYTES + Float.BYTES));
      rest.put(sequence.types());
      for (int i = 0; i < sequence.size(); i++) {
        rest.putLong(sequence.times()[i]).putFloat(sequence.weights()[i]);
      }
      all.digest.update(rest.flip());
    }
    split.validation().forEach(question -> all.add(new int[] {question.target()}));
    return all.digest.digest();
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private void add(int[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate((numbers.length + 1) * Integer.BYTES);
    bytes.putInt(numbers.length);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    digest.update(bytes.flip());
  }
}
