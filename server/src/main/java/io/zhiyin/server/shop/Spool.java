package io.zhiyin.server.shop;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventCodec;
import io.zhiyin.engine.event.UnreadableRecordException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Events on their way into a shop, in a file of the data directory: all of them are read and
/// checked before the first is applied. The file goes when this is closed; one that a killed
/// process left goes when the next is opened.
public final class Spool implements AutoCloseable {
  private final Path path;
  private final DataOutputStream out;
  private long count;

  private Spool(Path path) throws IOException {
    this.path = path;
    this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), 1 << 16));
  }

  /// @param directory held by this process alone
  public static Spool open(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> left = Files.list(directory)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    return new Spool(directory.resolve("events"));
  }

  public void add(Event event) throws IOException {
    byte[] record = EventCodec.encode(event);
    out.writeInt(record.length);
    out.write(record);
    count++;
  }

  public long count() {
    return count;
  }

  /// Takes events in batches, in order.
  @FunctionalInterface
  public interface Batches {
    void accept(List<Event> batch) throws IOException;
  }

  /// Hands on everything that was added.
  public void drain(int batchSize, Batches reader) throws IOException {
    out.flush();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
      List<Event> batch = new ArrayList<>(batchSize);
      for (long i = 0; i < count; i++) {
        batch.add(EventCodec.decode(in.readNBytes(in.readInt())));
        if (batch.size() == batchSize || i == count - 1) {
          reader.accept(batch);
          batch = new ArrayList<>(batchSize);
        }
      }
    } catch (UnreadableRecordException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      Files.deleteIfExists(path);
    }
  }
}
