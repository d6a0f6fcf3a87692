package io.zhiyin.cluster.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zhiyin.cluster.journal.Views;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.profile.Shopper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store keeps when its process is killed, when the disk is full, and when two processes
/// want the same directory.
class CrashTest {
  private static final int KILLS = 6;
  private static final int THREADS = 4;

  @TempDir Path data;

  private ShopStore open() throws IOException {
    return ShopStore.open(data, ShopId.DEFAULT, Clock.systemUTC());
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Test
  void afterAnyKillEveryAcknowledgedEventIsThereOnce() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(20261124);
    Set<String> acknowledged = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      int calls = 20 + random.nextInt(400);
      acknowledged.addAll(killedAfter(calls, "round" + kill));
      try (ShopStore store = open()) {
        List<String> kept = Views.ids(store.journal());
        Set<String> distinct = new HashSet<>(kept);
        assertEquals(kept.size(), distinct.size(), "an event is there twice");
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(distinct);
        assertEquals(Set.of(), lost, "acknowledged events are lost");
        assertEquals(perUser(kept), folded(store), "events were folded otherwise than once");
      }
    }
    SnapshotFiles snapshots = new SnapshotFiles(data.resolve("shops/default/snapshots"));
    assertFalse(snapshots.newestFirst().isEmpty(), "the child was to write snapshots all the time");
    assertTrue(acknowledged.size() > 100 * KILLS, "too little was written: " + acknowledged.size());
  }

  /// Lets a child write and kills it when so many calls were acknowledged; everything that it said
  /// was acknowledged, up to the last whole line.
  private Set<String> killedAfter(int calls, String round)
      throws IOException, InterruptedException {
    Process child = start(Child.command("write", data.toString(), String.valueOf(THREADS), round));
    Set<String> acknowledged = new HashSet<>();
    try (BufferedReader lines = child.inputReader()) {
      assertEquals("open", lines.readLine());
      int seen = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("ack ") && line.endsWith(" .")) {
          acknowledged.addAll(Arrays.asList(line.substring(4, line.length() - 2).split(" ", -1)));
        }
        if (++seen == calls) {
          // Killed through its handle, the child's last words can still be read.
          child.toHandle().destroyForcibly();
        }
      }
      assertTrue(seen >= calls, "the child stopped by itself");
    } finally {
      child.destroyForcibly().waitFor();
    }
    return acknowledged;
  }

  private static Map<String, Long> perUser(List<String> ids) {
    Map<String, Long> counts = new HashMap<>();
    ids.forEach(id -> counts.merge(id.split("-", -1)[1], 1L, Long::sum));
    return counts;
  }

  private static Map<String, Long> folded(ShopStore store) {
    Map<String, Long> counts = new HashMap<>();
    for (int t = 0; t < THREADS; t++) {
      Shopper user = new Shopper.User(new UserId("user" + t));
      long n = store.profiles().of(user).eventCounts()[EventKind.DETAIL_PAGE_VIEW.code()];
      if (n > 0) {
        counts.put(user.value(), n);
      }
    }
    return counts;
  }

  @Test
  void aSecondProcessIsRefusedWithTheNameOfTheDirectory() throws IOException, InterruptedException {
    try (ShopStore store = open()) {
      Process child = start(Child.command("open", data.toString()));
      try (BufferedReader lines = child.inputReader()) {
        assertEquals(
            "refused The data directory "
                + data.toRealPath()
                + " is in use by another Zhiyin: stop that one first, or choose another"
                + " directory.",
            lines.readLine());
      }
      child.waitFor();
      assertEquals(0, store.profiles().size());
    }
    Process child = start(Child.command("open", data.toString()));
    try (BufferedReader lines = child.inputReader()) {
      assertEquals("open", lines.readLine());
    }
    child.waitFor();
  }

  @Test
  void aFullDiskAcknowledgesNothingMoreAndLosesNothing() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs /bin/bash, for a limit of size");
    open().close();
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/bash", "-c", "ulimit -f 1024; exec \"$@\"", "child"));
    command.addAll(Child.command("fill", data.toString()));
    Process child = start(command);
    List<String> said;
    try (BufferedReader lines = child.inputReader()) {
      said = lines.readAllLines();
    }
    child.waitFor();
    int acknowledged = (int) said.stream().filter(line -> line.startsWith("ack ")).count();
    List<String> failures = said.stream().filter(line -> line.startsWith("failed ")).toList();
    assertTrue(acknowledged > 10, said.toString());
    assertEquals(2, failures.size(), said.toString());
    String sentence =
        "failed The journal in "
            + data.toRealPath().resolve("shops/default/journal")
            + " takes no more events since a write failed (";
    for (String failure : failures) {
      assertTrue(failure.startsWith(sentence), failure);
      assertTrue(failure.endsWith("): see to the disk, then start the program again."), failure);
    }
    try (ShopStore store = open()) {
      List<String> kept = Views.ids(store.journal());
      assertTrue(kept.size() >= acknowledged * 50, kept.size() + " of " + acknowledged * 50);
      assertEquals(0, kept.size() % 50, "a part of a call was kept");
      store.append(List.of(Views.view("more", "user")));
    }
  }
}
