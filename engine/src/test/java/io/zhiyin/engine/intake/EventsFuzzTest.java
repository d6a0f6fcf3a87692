package io.zhiyin.engine.intake;

import io.zhiyin.engine.Seeds;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.EventCodec;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.measure.MeasureFold;
import io.zhiyin.engine.profile.ProfileFold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as the body of `POST /v1/events`, JSON or NDJSON: refused by field, or events that are
/// the same after the journal and after an export, and that can be folded.
class EventsFuzzTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC);
  private static final EventJson JSON = EventJson.arriving(CLOCK);

  public static void fuzzerTestOneInput(byte[] body) throws IOException {
    Batch<ShopperEvent> batch;
    try {
      batch = JSON.readBatch(body);
    } catch (InvalidFieldException refused) {
      return;
    }
    Catalog catalog = new Catalog();
    ProfileFold profiles = new ProfileFold(catalog.vocabulary());
    MeasureFold measures = new MeasureFold();
    for (ShopperEvent event : batch.kept()) {
      same(event, EventCodec.decode(EventCodec.encode(event)));
      same(event, JSON.read(EventJson.write(event)));
      profiles.apply(event);
      measures.apply(event);
    }
  }

  private static void same(ShopperEvent event, Object read) {
    if (!event.equals(read)) {
      throw new AssertionError(event + " became " + read);
    }
  }

  static List<Path> seeds() throws IOException {
    return Seeds.of("events");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isRefusedByFieldOrKept(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
