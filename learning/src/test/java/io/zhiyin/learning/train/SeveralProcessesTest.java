package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.learning.SyntheticShop;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.dataset.Split;
import io.zhiyin.learning.dataset.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A training of two processes")
class SeveralProcessesTest {
  /// Everything that a step may depend on is switched on.
  private static final SequenceSettings SETTINGS =
      Tiny.SETTINGS.withRecipe(
          Recipe.PLAIN
              .withWarmUp(3)
              .withDecay(Recipe.Decay.COSINE)
              .withClip(1)
              .withSmoothing(0.1)
              .withAveraging(0.9)
              .withAugmentation(new Augmentation(0.2, 0.2, 0.2)));

  private static final TrainingOptions OPTIONS =
      new TrainingOptions(3, 1, Duration.ofMinutes(5), 1);

  private final ShopData shop = SyntheticShop.ring(40, 60, 12, 1);
  private final Split split = Splits.leaveOneOut(shop.histories());
  @TempDir private Path folder;

  /// What a training says, and what happens at a step of it.
  private static final class Hearing implements TrainingProgress.Listener {
    final List<String> losses = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    int steps;
    int eventAt = Integer.MAX_VALUE;
    Runnable event = () -> {};

    @Override
    public void heard(TrainingProgress progress) {
      losses.add(progress.loss() + " " + progress.metric());
    }

    @Override
    public void stepped(int epoch, int step) {
      if (++steps == eventAt) {
        event.run();
      }
    }

    @Override
    public void told(String english, String chinese) {
      told.add(english);
    }
  }

  /// The end of a process, as a listener can bring it about.
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private LocalWorkers follower(Rendezvous rendezvous) throws IOException {
    return LocalWorkers.start(
        1, List.of(FollowerProgram.class.getName(), rendezvous.where()), folder);
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("worker-1.log"));
  }

  private Rendezvous inTheFolder() {
    return Rendezvous.open("file:" + folder.resolve("meet" + System.nanoTime()), 2);
  }

  private static Map<String, float[]> train(SequenceTrainer trainer, ShopData shop, Split split) {
    return trainer.train(shop, split).network().weights();
  }

  /// Two processes with a thread each.
  private Map<String, float[]> two(SequenceSettings settings, Hearing hearing, Rendezvous place)
      throws IOException {
    try (LocalWorkers workers = follower(place);
        place) {
      place.gather(Duration.ofMinutes(2), workers::check);
      return train(
          new SequenceTrainer(settings, OPTIONS, hearing).withPeers(Optional.of(place)),
          shop,
          split);
    }
  }

  /// One process with two threads.
  private Map<String, float[]> one(SequenceSettings settings, Hearing hearing) {
    return train(new SequenceTrainer(settings, OPTIONS.withThreads(2), hearing), shop, split);
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> given) {
    assertEquals(expected.keySet(), given.keySet());
    expected.forEach((name, numbers) -> assertArrayEquals(numbers, given.get(name), name));
  }

  @Test
  @DisplayName("learns to the same bytes as one process with two threads")
  void sameBytes() throws IOException {
    Hearing two = new Hearing();
    Hearing one = new Hearing();
    assertSame(one(SETTINGS, one), two(SETTINGS, two, inTheFolder()));
    assertEquals(3, one.losses.size());
    assertEquals(one.losses, two.losses);
    assertTrue(said().contains("The training is over."), said());
  }

  @Test
  @DisplayName("meets at a port too, and learns the same where a step draws items")
  void byPort() throws IOException {
    SequenceSettings drawn = SETTINGS.withNegatives(9);
    Hearing two = new Hearing();
    Hearing one = new Hearing();
    assertSame(one(drawn, one), two(drawn, two, Rendezvous.open("127.0.0.1:0", 2)));
    assertEquals(one.losses, two.losses);
  }

  @Test
  @DisplayName("ends with a sentence when a worker is killed, and one process goes on from there")
  void killedWorker() throws IOException {
    Path file = folder.resolve("cut");
    Hearing hearing = new Hearing();
    hearing.eventAt = 5;
    try (Rendezvous place = inTheFolder();
        LocalWorkers workers = follower(place)) {
      hearing.event = () -> workers.handles().getFirst().destroyForcibly();
      place.gather(Duration.ofMinutes(2), workers::check);
      SequenceTrainer trainer =
          new SequenceTrainer(SETTINGS, OPTIONS, hearing)
              .withCheckpoint(file, Duration.ZERO)
              .withPeers(Optional.of(place));
      PeerLostException lost =
          assertThrows(PeerLostException.class, () -> train(trainer, shop, split));
      assertTrue(
          String.valueOf(lost.getMessage())
              .startsWith("A worker of this training is gone, so the training was ended."),
          lost::getMessage);
      assertTrue(
          String.valueOf(workers.explain(lost).getMessage())
              .startsWith("Worker 1 ended with status 137"),
          () -> workers.explain(lost).getMessage());
    }
    assertTrue(Files.exists(file));
    Hearing again = new Hearing();
    Map<String, float[]> resumed =
        train(
            new SequenceTrainer(SETTINGS, OPTIONS.withThreads(2), again)
                .withCheckpoint(file, Duration.ZERO),
            shop,
            split);
    assertTrue(again.told.getFirst().startsWith("Going on from pass "), again.told::toString);
    assertSame(one(SETTINGS, new Hearing()), resumed);
  }

  @Test
  @DisplayName("goes on from the checkpoint of one process, and its workers end when it is cut off")
  void killedLeader() throws IOException {
    Path file = folder.resolve("cut");
    Hearing alone = new Hearing();
    alone.eventAt = 3;
    alone.event =
        () -> {
          throw new Killed();
        };
    assertThrows(
        Killed.class,
        () ->
            train(
                new SequenceTrainer(SETTINGS, OPTIONS.withThreads(2), alone)
                    .withCheckpoint(file, Duration.ZERO),
                shop,
                split));
    Hearing leader = new Hearing();
    leader.eventAt = 4;
    leader.event = alone.event;
    try (Rendezvous place = inTheFolder();
        LocalWorkers workers = follower(place)) {
      place.gather(Duration.ofMinutes(2), workers::check);
      assertThrows(
          Killed.class,
          () ->
              train(
                  new SequenceTrainer(SETTINGS, OPTIONS, leader)
                      .withCheckpoint(file, Duration.ZERO)
                      .withPeers(Optional.of(place)),
                  shop,
                  split));
      assertTrue(leader.told.getFirst().startsWith("Going on from pass "), leader.told::toString);
      ProcessHandle follower = workers.handles().getFirst();
      follower.onExit().join();
    }
    assertTrue(said().contains("The leader of this training, or another worker, is gone"), said());
    assertSame(
        one(SETTINGS, new Hearing()),
        train(
            new SequenceTrainer(SETTINGS, OPTIONS.withThreads(2), new Hearing())
                .withCheckpoint(file, Duration.ZERO),
            shop,
            split));
  }

  @Test
  @DisplayName("does not begin without a worker, and says how many came")
  void nobodyCame() {
    try (Rendezvous place = inTheFolder()) {
      PeerLostException lost =
          assertThrows(PeerLostException.class, () -> place.gather(Duration.ZERO, () -> {}));
      assertTrue(
          String.valueOf(lost.getMessage()).startsWith("Only 0 of 1 workers came within 0 s."),
          lost::getMessage);
    }
  }

  @Test
  @DisplayName("refuses to be joined where no leader waits")
  void noLeader() {
    PeerLostException lost =
        assertThrows(
            PeerLostException.class,
            () ->
                Follower.join(
                    "127.0.0.1:1", Duration.ofMillis(200), TrainingProgress.Listener.NONE));
    assertTrue(
        String.valueOf(lost.getMessage())
            .startsWith("No training waits for workers at 127.0.0.1:1."),
        lost::getMessage);
    assertFalse(String.valueOf(lost.getMessage()).contains("\n"));
  }
}
