package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Processes that are connected")
class GlooPeersTest {
  @TempDir private Path folder;

  /// What one of two does.
  @FunctionalInterface
  private interface Part<T> {
    T of(Peers peers) throws IOException;
  }

  /// Two threads, each as a process would be; an ending thread closes its connections.
  private <A, B> Both<A, B> both(Part<A> leader, Part<B> follower) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<A> first = threads.submit(as(0, leader));
      Future<B> second = threads.submit(as(1, follower));
      return new Both<>(first.get(), second.get());
    }
  }

  private record Both<A, B>(A leader, B follower) {}

  private <T> Callable<T> as(int rank, Part<T> part) {
    return () -> {
      MeetingPlace place = MeetingPlace.of("join", "file:" + folder.resolve("meeting"));
      try (PointerScope _ = new PointerScope();
          Store store = place.open(rank == 0, Duration.ofMinutes(1));
          Peers peers = new GlooPeers(store, rank, 2, place.ownAddress())) {
        return part.of(peers);
      }
    };
  }

  @Test
  @DisplayName("find the same sums")
  void sums() throws Exception {
    Part<float[]> part =
        peers -> {
          Tensor numbers = AbstractTensor.create(new float[] {peers.rank() + 1, -0.25f, 1e-30f});
          peers.sum(numbers);
          return Tensors.floats(numbers);
        };
    Both<float[], float[]> found = both(part, part);
    assertArrayEquals(new float[] {3, -0.5f, 2e-30f}, found.leader());
    assertArrayEquals(found.leader(), found.follower());
  }

  @Test
  @DisplayName("hear what the leader says, however long it is, one thing after the other")
  void says() throws Exception {
    byte[] large = new byte[9_000_001];
    new SplittableRandom(1).nextBytes(large);
    Both<Boolean, List<byte[]>> heard =
        both(
            peers -> {
              peers.write(out -> out.write(large));
              peers.write(out -> {});
              peers.write(out -> out.write(7));
              return true;
            },
            peers ->
                List.of(
                    peers.read(in -> in.readNBytes(large.length)),
                    peers.read(in -> new byte[0]),
                    peers.read(in -> in.readNBytes(2))));
    assertArrayEquals(large, heard.follower().get(0));
    assertArrayEquals(new byte[] {7}, heard.follower().get(2));
  }

  @Test
  @DisplayName("go on from the leader's numbers when they came apart, and only then")
  void agrees() throws Exception {
    Part<List<String>> part =
        peers -> {
          Tensor weights = AbstractTensor.create(new float[] {1, 2, 3});
          AdamW optimizer = new AdamW(List.of(weights), 0);
          StateTensors tensors = new StateTensors(List.of(weights));
          boolean same = tensors.agree(peers, new TrainingState(), optimizer);
          if (!peers.leads()) {
            AdamW.memory(weights).setAtIndex(ValueLayout.JAVA_FLOAT, 1, 2.0000002f);
          }
          boolean apart = tensors.agree(peers, new TrainingState(), optimizer);
          return List.of(
              Boolean.toString(same),
              Boolean.toString(apart),
              Arrays.toString(Tensors.floats(weights)));
        };
    Both<List<String>, List<String>> found = both(part, part);
    assertEquals(List.of("false", "true", "[1.0, 2.0, 3.0]"), found.leader());
    assertEquals(found.leader(), found.follower());
  }

  @Test
  @DisplayName("know it when another one is gone")
  void gone() {
    ExecutionException ended =
        assertThrows(
            ExecutionException.class,
            () ->
                both(
                    peers -> {
                      Tensor number = AbstractTensor.create(new float[] {1});
                      peers.sum(number);
                      peers.sum(number);
                      return true;
                    },
                    peers -> {
                      peers.sum(AbstractTensor.create(new float[] {1}));
                      return true;
                    }));
    assertTrue(
        String.valueOf(ended.getCause()).contains("A worker of this training is gone"),
        () -> String.valueOf(ended.getCause()));
  }
}
