package io.zhiyin.kernel.nn;

/// What an encoder keeps of the events that it has read, so that one more costs a row instead of
/// the whole window: of attention the keys and values of each layer, of a recurrent network its
/// states. Reusable; one thread at a time.
///
/// A state belongs to the encoder that made it. It knows its events, and whatever it is asked to go
/// on with is compared to them, so that it cannot answer for another past: events that came late,
/// were taken back, or belong to someone else only make it read more.
public final class SessionState {
  final EventWindow events;

  /// Of each layer, a row an event.
  final float[][] rows;

  /// Numbers of a row.
  final int width;

  final float[] out;

  /// False from the start of a pass until its end, so that what failed half-way is not used.
  boolean isFilled;

  SessionState(SequenceConfig config) {
    events = new EventWindow(config.maxLength());
    width =
        config.architecture() == Architecture.GRU4REC
            ? config.hiddenSize()
            : 2 * config.embeddingSize();
    rows = new float[config.layers()][config.maxLength() * width];
    out = new float[config.embeddingSize()];
  }

  /// Events that it has read.
  public int length() {
    return isFilled ? events.length() : 0;
  }

  /// Bytes that its numbers take.
  public long bytes() {
    return 4L * (rows.length * rows[0].length + out.length) + 28L * events.capacity();
  }

  /// Keeps the first `count` rows of a layer.
  void keep(int layer, float[] from, int count) {
    System.arraycopy(from, 0, rows[layer], 0, count * width);
  }
}
