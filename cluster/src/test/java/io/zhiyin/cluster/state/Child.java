package io.zhiyin.cluster.state;

import io.zhiyin.cluster.journal.Views;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.ShopId;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The other process in the tests of the store: it writes until it is killed, or until it cannot.
///
/// What it is told to do comes first among its arguments, then the data directory.
public final class Child {
  private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

  private Child() {}

  /// The command line that starts this class with the classes of the running test.
  public static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  public static void main(String[] arguments) {
    Path data = Path.of(arguments[1]);
    try (ShopStore store = ShopStore.open(data, ShopId.DEFAULT, Clock.systemUTC())) {
      say("open");
      switch (arguments[0]) {
        case "open" -> {}
        case "write" -> write(store, Integer.parseInt(arguments[2]), arguments[3]);
        case "fill" -> fill(store);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (IOException refused) {
      say("refused " + refused.getMessage());
    }
  }

  private static synchronized void say(String line) {
    OUT.println(line);
    OUT.flush();
  }

  /// Several threads append events, some of them twice, and say the ids that were acknowledged.
  private static void write(ShopStore store, int threads, String round) {
    List<Thread> writers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      String user = "user" + t;
      SplittableRandom random = new SplittableRandom(t);
      writers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    List<Event> before = List.of();
                    for (int n = 0; ; n++) {
                      List<Event> events = new ArrayList<>();
                      if (random.nextInt(4) == 0) {
                        events.addAll(before);
                      }
                      int size = 1 + random.nextInt(10);
                      for (int i = 0; i < size; i++) {
                        events.add(Views.view(round + "-" + user + "-" + n + "-" + i, user));
                      }
                      append(store, events);
                      before = List.copyOf(events.subList(events.size() - size, events.size()));
                    }
                  }));
    }
    writers.add(Thread.ofPlatform().start(() -> keepSnapshots(store)));
    for (Thread writer : writers) {
      joined(writer);
    }
  }

  private static void keepSnapshots(ShopStore store) {
    try {
      while (store.snapshot()) {
        Thread.onSpinWait();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void joined(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void append(ShopStore store, List<Event> events) {
    try {
      store.append(events);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    StringBuilder ids = new StringBuilder("ack");
    events.forEach(event -> ids.append(' ').append(event.eventId().value()));
    say(ids + " .");
  }

  /// Appends until it cannot, then once more.
  private static void fill(ShopStore store) {
    int n = 0;
    for (int failures = 0; failures < 2; n++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        events.add(Views.heavyView("fill-" + n + "-" + i, "user"));
      }
      try {
        store.append(events);
        say("ack " + n);
      } catch (IOException failed) {
        failures++;
        say("failed " + failed.getMessage());
      }
    }
  }
}
