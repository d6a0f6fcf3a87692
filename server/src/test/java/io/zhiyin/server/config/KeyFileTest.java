package io.zhiyin.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.event.ShopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys at rest.
class KeyFileTest {
  @TempDir Path data;

  private String create(Role role) throws IOException {
    KeyFile file = new KeyFile(data);
    KeyRing.Created created =
        file.load().create(role, ShopId.DEFAULT, Instant.EPOCH, new SecureRandom());
    file.save(created.ring());
    return created.text();
  }

  @Nested
  class AKey {
    @Test
    void isFoundByItsTextAndByNothingElse() throws IOException {
      String text = create(Role.SERVER);
      KeyRing ring = new KeyFile(data).load();
      assertEquals(Role.SERVER, ring.find(text).orElseThrow().role());
      assertTrue(ring.find(text + "0").isEmpty());
      assertTrue(ring.find(text.substring(0, text.length() - 1)).isEmpty());
      assertTrue(ring.find("").isEmpty());
    }

    @Test
    void isNotInTheFile() throws IOException {
      String text = create(Role.ADMIN);
      String secret = text.substring(text.indexOf('.') + 1);
      assertFalse(Files.readString(new KeyFile(data).path()).contains(secret));
    }

    @Test
    void isNoMoreOnceRevoked() throws IOException {
      String text = create(Role.ADMIN);
      KeyRing ring = new KeyFile(data).load();
      assertTrue(ring.without(ring.keys().getFirst().id()).find(text).isEmpty());
    }
  }

  @Nested
  class AFile {
    @Test
    void thatIsDamagedIsRefusedWithWhatToDo() throws IOException {
      create(Role.BROWSER);
      Path file = new KeyFile(data).path();
      Files.writeString(file, Files.readString(file).replace("browser", "admin"));
      SettingsException refused =
          assertThrows(SettingsException.class, () -> new KeyFile(data).load());
      assertTrue(refused.getMessage().contains("is damaged"), refused.getMessage());
      assertTrue(refused.getMessage().contains("zhiyin keys create"), refused.getMessage());
    }

    @Test
    void thatIsNewerIsRefusedWithWhatToDo() throws IOException {
      create(Role.BROWSER);
      Path file = new KeyFile(data).path();
      Files.writeString(
          file, Files.readString(file).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
      SettingsException refused =
          assertThrows(SettingsException.class, () -> new KeyFile(data).load());
      assertTrue(refused.getMessage().contains("Start the newer program"), refused.getMessage());
    }
  }

  @Nested
  class ARunningServer {
    @Test
    void takesOverNewAndRevokedKeysWithinSeconds() throws IOException {
      create(Role.ADMIN);
      SteppingClock clock = new SteppingClock();
      LiveKeys keys = new LiveKeys(new KeyFile(data), clock);
      String added = create(Role.BROWSER);
      clock.millis += 1_000;
      assertTrue(keys.current().find(added).isPresent());
      KeyFile file = new KeyFile(data);
      file.save(file.load().without(added.substring(0, added.indexOf('.'))));
      clock.millis += 1_000;
      assertTrue(keys.current().find(added).isEmpty());
    }

    @Test
    void keepsItsKeysWhenTheFileVanishes() throws IOException {
      String text = create(Role.ADMIN);
      SteppingClock clock = new SteppingClock();
      LiveKeys keys = new LiveKeys(new KeyFile(data), clock);
      Files.delete(new KeyFile(data).path());
      clock.millis += 1_000;
      assertTrue(keys.current().find(text).isPresent());
    }
  }

  private static final class SteppingClock extends Clock {
    private long millis;

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
