package io.zhiyin.lab.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// What the machine itself asks for the things that a server does all the time: new memory, memory
/// that rested, waking a thread, a short sleep, a synced write. The same program can be twice as
/// slow an hour later while nothing of it changed; these figures say whether the machine did.
final class MachineBench {
  /// The least piece of memory that Linux gives.
  private static final int PAGE = 4096;

  private static final int MEGABYTE = 1 << 20;

  /// A touch that takes longer was served by whoever lends the machine: a miss of all caches and of
  /// the page table takes less than a microsecond.
  private static final double SLOW_MICROS = 30;

  private static final long SLEEP_NANOS = 200_000;

  private final PrintWriter out;

  /// Where a file is written, on the disk that stores would lie on.
  private final Path folder;

  /// Bytes of memory that is touched.
  private final int bytes;

  private final Duration rest;

  /// Wake-ups, sleeps; of writes a tenth.
  private final int repeats;

  MachineBench(PrintWriter out, Path folder) {
    this(out, folder, 128 * MEGABYTE, Duration.ofSeconds(2), 5_000);
  }

  MachineBench(PrintWriter out, Path folder, int bytes, Duration rest, int repeats) {
    this.out = out;
    this.folder = folder;
    this.bytes = bytes;
    this.rest = rest;
    this.repeats = repeats;
  }

  List<Result> run() throws IOException, InterruptedException {
    out.println("The machine: memory, threads, sleeps, synced writes …");
    out.flush();
    List<Result> results = new ArrayList<>();
    memory(results);
    results.add(figure("wake-up", wakeUps()));
    results.add(figure("sleep-late", sleeps()));
    results.add(figure("synced-write", writes()));
    return results;
  }

  private void memory(List<Result> results) throws InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      double[] micros = new double[bytes / PAGE];
      long start = System.nanoTime();
      MemorySegment memory = arena.allocate(bytes, PAGE); // writes zeros to all of it
      double megabytes = bytes / (double) MEGABYTE;
      results.add(
          Result.derived(
              "machine.new-memory", "ms/MiB", (System.nanoTime() - start) / 1e6 / megabytes));
      // at once first, so that after the rest nothing is left to compile
      touch(memory, micros);
      results.add(figure("touch-at-once", micros));
      Thread.sleep(rest); // the rest is what is measured
      touch(memory, micros);
      results.add(figure("touch-after-rest", micros));
      double[] slow = Arrays.stream(micros).filter(m -> m > SLOW_MICROS).toArray();
      results.add(
          Result.derived("machine.slow-touches-after-rest", "1/MiB", slow.length / megabytes));
      if (slow.length > 0) {
        results.add(figure("slow-touch", slow));
      }
    }
  }

  /// Writes a byte of each page; microseconds of each.
  private static void touch(MemorySegment memory, double[] micros) {
    for (int page = 0; page < micros.length; page++) {
      long start = System.nanoTime();
      memory.set(ValueLayout.JAVA_BYTE, (long) page * PAGE, (byte) page);
      micros[page] = (System.nanoTime() - start) / 1e3;
    }
  }

  /// From a thread that goes on to one that waits, until that one runs.
  private double[] wakeUps() throws InterruptedException {
    Semaphore call = new Semaphore(0);
    AtomicInteger answered = new AtomicInteger();
    Thread other =
        Thread.ofPlatform()
            .name("machine-bench")
            .daemon()
            .start(
                () -> {
                  for (int i = 1; i <= repeats; i++) {
                    call.acquireUninterruptibly();
                    answered.set(i);
                  }
                });
    double[] micros = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      LockSupport.parkNanos(SLEEP_NANOS); // so that the other one waits, and its core with it
      long start = System.nanoTime();
      call.release();
      while (answered.get() <= i) {
        Thread.onSpinWait();
      }
      micros[i] = (System.nanoTime() - start) / 1e3;
    }
    other.join();
    return micros;
  }

  /// How much later than asked for a thread goes on.
  private double[] sleeps() {
    double[] micros = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      LockSupport.parkNanos(SLEEP_NANOS);
      micros[i] = Math.max(0, System.nanoTime() - start - SLEEP_NANOS) / 1e3;
    }
    return micros;
  }

  /// Appends a page and syncs it, as a journal does.
  private double[] writes() throws IOException {
    Path file = Files.createTempFile(Files.createDirectories(folder), "machine-", ".tmp");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
      double[] micros = new double[Math.max(1, repeats / 10)];
      for (int i = 0; i < micros.length; i++) {
        long start = System.nanoTime();
        page.clear();
        while (page.hasRemaining()) {
          channel.write(page);
        }
        channel.force(false);
        micros[i] = (System.nanoTime() - start) / 1e3;
      }
      return micros;
    } finally {
      Files.delete(file);
    }
  }

  private static Result figure(String what, double[] micros) {
    double p50 = Turns.quantile(micros, 0.5);
    return new Result(
        "machine." + what, "us", p50, p50, Turns.quantile(micros, 0.99), micros.length);
  }
}
