package io.zhiyin.cluster.journal;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventCodec;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Journal.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One call of append on its way through the writer, already encoded by the caller's thread.
///
/// @param fingerprints 16 bytes for each event id, that keep it from coming twice without keeping
///   it
record Append(
    List<Event> events,
    List<byte[]> records,
    List<byte[]> fingerprints,
    CompletableFuture<List<Outcome>> outcomes) {
  private static final int FINGERPRINT = 16;

  /// The mark behind which nothing comes any more.
  static final Append LAST = new Append(List.of(), List.of(), List.of(), new CompletableFuture<>());

  static Append of(List<Event> events) {
    List<byte[]> records = new ArrayList<>(events.size());
    List<byte[]> fingerprints = new ArrayList<>(events.size());
    MessageDigest digest = digest();
    for (Event event : events) {
      records.add(EventCodec.encode(event));
      fingerprints.add(fingerprint(event.eventId(), digest));
    }
    return new Append(List.copyOf(events), records, fingerprints, new CompletableFuture<>());
  }

  /// No call comes without events, so none is taken for the last.
  boolean isLast() {
    return events.isEmpty();
  }

  void fail(@Nullable String why) {
    outcomes.completeExceptionally(new IOException(why));
  }

  private static byte[] fingerprint(EventId id, MessageDigest digest) {
    return Arrays.copyOf(
        digest.digest(id.value().getBytes(StandardCharsets.UTF_16BE)), FINGERPRINT);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
