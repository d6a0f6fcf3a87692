package io.zhiyin.kernel.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhiyin.kernel.vector.Kernels;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionStateTest {
  private static final int LENGTH = 20;
  private static final float TOLERANCE = 1e-5f;

  private record Event(int item, int type, int gap, long time) {}

  private static SequenceEncoder encoder(Architecture architecture, int d, int heads, int hidden) {
    SequenceConfig config = new SequenceConfig(architecture, d, heads, 2, hidden, LENGTH, 4, 6);
    return SequenceEncoder.load(RandomWeights.of(config, 100, d), config);
  }

  private static List<Event> events(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Event> events = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      events.add(
          new Event(
              random.nextInt(100),
              random.nextInt(4),
              random.nextInt(6),
              j * 3_600_000L + random.nextInt(3_600_000)));
    }
    return events;
  }

  /// Every third item by its vector, as those are that came after the training.
  private static EventWindow window(SequenceEncoder encoder, List<Event> events) {
    EventWindow window = encoder.newWindow();
    int d = encoder.config().embeddingSize();
    for (Event event : events) {
      if (event.item % 3 == 0) {
        float[] vector = new float[d];
        encoder.items().copy(event.item, vector, 0);
        window.add(vector, event.type, event.gap, event.time);
      } else {
        window.add(event.item, event.type, event.gap, event.time);
      }
    }
    return window;
  }

  /// The same for an encoder without its table, of which the vectors lie behind three others.
  private static EventWindow elsewhere(SequenceEncoder encoder, List<Event> events) {
    EventWindow window = encoder.newWindow();
    int d = encoder.config().embeddingSize();
    int items = encoder.items().rows();
    float[] vectors = new float[(items + 3) * d];
    for (int item = 0; item < items; item++) {
      encoder.items().copy(item, vectors, (item + 3) * d);
    }
    for (Event event : events) {
      int start = (event.item + 3) * d;
      if (event.item % 3 == 0) {
        float[] vector = Arrays.copyOfRange(vectors, start, start + d);
        window.add(vector, event.type, event.gap, event.time);
      } else {
        window.add(event.item, vectors, start, event.type, event.gap, event.time);
      }
    }
    return window;
  }

  /// One state of an encoder without its table, asked again and again, each time beside a pass that
  /// knows of none and has the table.
  private static final class Asked {
    private final SequenceEncoder encoder;
    private final SessionState state;
    private final Workspace workspace;

    Asked(SequenceEncoder encoder, Kernels kernels) {
      this.encoder = encoder;
      state = encoder.newState();
      workspace = encoder.newWorkspace(kernels);
    }

    /// How many events were read, after a check of what came out.
    int read(List<Event> events) {
      int d = encoder.config().embeddingSize();
      float[] expected = new float[d];
      float[] given = new float[d];
      encoder.encode(window(encoder, events), encoder.newWorkspace(Kernels.scalar()), expected);
      EventWindow window = elsewhere(encoder, events);
      int read = encoder.withoutItems().encode(window, workspace, state, given);
      window.clear();
      assertArrayEquals(expected, given, TOLERANCE, "after " + events.size() + " events");
      assertEquals(events.size(), state.length());
      return read;
    }
  }

  @Nested
  @DisplayName("A state that goes on equals a whole pass")
  class GoesOn {
    @ParameterizedTest
    @EnumSource
    @DisplayName("with each event of a session, which alone is read")
    void eventByEvent(Architecture architecture) {
      for (int d : new int[] {6, 64}) {
        for (Kernels kernels : List.of(Kernels.scalar(), Kernels.active())) {
          Asked asked = new Asked(encoder(architecture, d, 2, d + 1), kernels);
          List<Event> events = events(LENGTH, d);
          for (int n = 1; n <= LENGTH; n++) {
            int read = asked.read(events.subList(0, n));
            assertEquals(n < 5 ? n : 1, read, "below five events, a whole pass costs no more");
            assertEquals(0, asked.read(events.subList(0, n)), "the same once more");
          }
        }
      }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("when the newest event is another one, and when it is taken back")
    void rolledBack(Architecture architecture) {
      Asked asked = new Asked(encoder(architecture, 64, 2, 64), Kernels.active());
      List<Event> events = events(15, 1);
      asked.read(events);
      List<Event> other = new ArrayList<>(events.subList(0, 14));
      other.add(new Event(7, 1, 2, 99_000_000));
      assertEquals(1, asked.read(other));
      assertEquals(1, asked.read(other.subList(0, 14)));
      assertEquals(1, asked.read(events));
      assertEquals(2, asked.read(twoMore(events)));
    }

    private static List<Event> twoMore(List<Event> events) {
      List<Event> more = new ArrayList<>(events);
      more.addAll(events(2, 77));
      return more;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("when an event came late, the window moved on, or the past is someone else's")
    void anotherPast(Architecture architecture) {
      Asked asked = new Asked(encoder(architecture, 64, 2, 64), Kernels.active());
      List<Event> events = events(LENGTH + 1, 3);
      asked.read(events.subList(0, LENGTH));
      assertEquals(LENGTH, asked.read(events.subList(1, LENGTH + 1)), "the window moved on");
      List<Event> late = new ArrayList<>(events.subList(0, 12));
      asked.read(late);
      late.add(4, new Event(50, 0, 0, late.get(4).time));
      assertEquals(13, asked.read(late));
      assertEquals(9, asked.read(events(9, 4)));
      List<Event> kind = new ArrayList<>(events(9, 4));
      Event first = kind.getFirst();
      kind.set(0, new Event(first.item, (first.type + 1) % 4, first.gap, first.time));
      assertEquals(9, asked.read(kind), "of another type");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A pass that failed half-way is not gone on from")
  void failure(Architecture architecture) {
    Asked asked = new Asked(encoder(architecture, 64, 2, 64), Kernels.active());
    List<Event> events = events(12, 5);
    asked.read(events.subList(0, 10));
    List<Event> damaged = new ArrayList<>(events.subList(0, 11));
    damaged.add(new Event(100, 0, 0, 0));
    EventWindow window = window(asked.encoder, damaged);
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> asked.encoder.encode(window, asked.workspace, asked.state, new float[64]));
    assertEquals(0, asked.state.length());
    assertEquals(12, asked.read(events));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Going on allocates nothing once it is compiled")
  void allocatesNothing(Architecture architecture) {
    Assumptions.assumeTrue(Kernels.simd().isPresent(), "this JVM has no Vector API");
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    SequenceEncoder encoder = encoder(architecture, 64, 2, 64);
    Workspace w = encoder.newWorkspace(Kernels.simd().orElseThrow());
    SessionState state = encoder.newState();
    EventWindow shorter = window(encoder, events(LENGTH - 1, 1));
    EventWindow longer = window(encoder, events(LENGTH, 1));
    float[] out = new float[64];
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 400 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        encoder.encode(shorter, w, state, out);
        encoder.encode(longer, w, state, out);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes allocated by the leanest 200 passes");
  }
}
