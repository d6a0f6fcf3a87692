package io.zhiyin.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;

/// The keys as of a moment ago: the file is looked at again when it changed, at most once a second,
/// so that a key made or revoked beside a running server counts without a restart.
///
/// Once there were keys there is no way back to keyless while running: a file that vanished or was
/// damaged leaves the last good keys in force.
public final class LiveKeys {
  private static final System.Logger LOG = System.getLogger(LiveKeys.class.getName());
  private static final long LOOK_EVERY_MILLIS = 1_000;

  private final KeyFile file;
  private final Clock clock;
  private volatile State state;

  private record State(KeyRing ring, String stamp, long lookedAt) {}

  /// @throws SettingsException when the file is damaged or newer than this program
  public LiveKeys(KeyFile file, Clock clock) {
    this.file = file;
    this.clock = clock;
    this.state = new State(file.load(), stamp(), clock.millis());
  }

  public KeyRing current() {
    State seen = state;
    if (clock.millis() - seen.lookedAt >= LOOK_EVERY_MILLIS) {
      look(seen);
    }
    return state.ring;
  }

  private synchronized void look(State seen) {
    if (state.lookedAt != seen.lookedAt) {
      return;
    }
    String stamp = stamp();
    KeyRing ring = seen.ring;
    if (!stamp.equals(seen.stamp)) {
      try {
        KeyRing read = file.load();
        ring = read.isEmpty() && !Files.exists(file.path()) ? seen.ring : read;
      } catch (SettingsException e) {
        LOG.log(System.Logger.Level.WARNING, "The keys stay as they were: {0}", e.getMessage());
      }
    }
    state = new State(ring, stamp, clock.millis());
  }

  private String stamp() {
    try {
      BasicFileAttributes a = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return a.lastModifiedTime() + "/" + a.size() + "/" + a.fileKey();
    } catch (IOException e) {
      return "";
    }
  }
}
