package io.zhiyin.cluster.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.ShopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/// A data directory whose store writes snapshots of a made shop.
abstract class InAStoreWithSnapshots {
  @TempDir Path data;

  Path directory() {
    return data.resolve("shops/default/snapshots");
  }

  ShopStore open() throws IOException {
    return ShopStore.open(data, ShopId.DEFAULT, Clock.systemUTC());
  }

  List<Path> snapshots() throws IOException {
    return new SnapshotFiles(directory()).newestFirst();
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  String reopened(boolean indices) throws IOException {
    try (ShopStore store = open()) {
      return RandomShop.seen(store.state(), indices);
    }
  }

  /// What a start sees with the snapshots that are there, and then without any.
  void assertSnapshotsChangeNothing(boolean indices) throws IOException {
    String with = reopened(indices);
    delete(directory());
    assertEquals(reopened(indices), with);
  }

  void fill(int seed, int erasures) throws IOException {
    RandomShop shop = new RandomShop(seed, 8, erasures);
    Random random = new Random(seed);
    try (ShopStore store = open()) {
      for (int round = 0; round < 6; round++) {
        store.append(shop.events(1 + random.nextInt(120)));
        if (round == 3 || random.nextBoolean()) {
          assertTrue(store.snapshot());
        }
      }
    }
  }
}
