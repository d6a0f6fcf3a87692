package io.zhiyin.engine.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErasureTest {
  private static final UserErased FORGET_ANNA =
      new UserErased(new EventId("forget"), Instant.EPOCH, new UserId("anna"));

  private static Event home(@Nullable String user, @Nullable String visitor, long millis) {
    return new ShopperEvent.HomePageView(
        new Header(
            new EventId("e"),
            Instant.ofEpochMilli(millis),
            user == null ? null : new UserId(user),
            visitor == null ? null : new VisitorId(visitor),
            null,
            null,
            null,
            Map.of()));
  }

  /// A journal that is only read.
  private record Listed(List<Event> events) implements Journal {
    @Override
    public List<Outcome> append(List<Event> more) throws IOException {
      throw new IOException("read only");
    }

    @Override
    public void read(long from, long to, Reader reader) {
      for (int i = (int) from; i < Math.min(to, events.size()); i++) {
        reader.accept(i, events.get(i));
      }
    }

    @Override
    public long end() {
      return events.size();
    }

    @Override
    public void close() {}
  }

  private static long[] offsets(long at, Event... events) throws IOException {
    return Erasure.of(new Listed(List.of(events)), FORGET_ANNA, at).offsets();
  }

  @Test
  void theUsersOwnEventsGoAndOthersStay() throws IOException {
    assertArrayEquals(
        new long[] {0, 2, 3},
        offsets(
            3,
            home("anna", null, 1),
            home("bert", null, 2),
            home("anna", "tablet", 3),
            FORGET_ANNA));
  }

  @Test
  void whatWasDoneOnTheDeviceBeforeSigningInGoesToo() throws IOException {
    assertArrayEquals(
        new long[] {0, 1, 5},
        offsets(
            5,
            home(null, "tablet", 1),
            home("anna", "tablet", 2),
            home(null, "tablet", 3),
            home("bert", "tablet", 4),
            home(null, "tablet", 5),
            FORGET_ANNA));
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() throws IOException {
    assertArrayEquals(
        new long[] {1, 3, 4},
        offsets(
            4,
            home("bert", "tablet", 4),
            home("anna", "tablet", 2),
            home(null, "tablet", 3),
            home(null, "tablet", 1),
            FORGET_ANNA));
  }

  @Test
  void whatCameAfterTheRequestStays() throws IOException {
    assertArrayEquals(
        new long[] {0, 1}, offsets(1, home("anna", null, 1), FORGET_ANNA, home("anna", null, 2)));
  }
}
