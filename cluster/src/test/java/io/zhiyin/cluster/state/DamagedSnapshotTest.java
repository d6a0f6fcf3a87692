package io.zhiyin.cluster.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A snapshot that is damaged, or of something else, is seen as such and costs only time.
class DamagedSnapshotTest extends InAStoreWithSnapshots {
  private byte[] whole() throws IOException {
    fill(21, 0);
    return Files.readAllBytes(snapshots().getFirst());
  }

  private void assertUnusable(Path file, String how) {
    assertThrows(
        UnusableSnapshotException.class,
        () -> {
          try (SnapshotReader reader = SnapshotReader.open(file)) {
            SnapshotLoad.from(reader);
          }
        },
        how);
  }

  @Test
  void ofAnyByteIsSeen() throws IOException {
    byte[] whole = whole();
    Path file = data.resolve("damaged");
    for (int i = 0; i < whole.length; i += i < 60 ? 1 : 41) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) (1 << (i & 7));
      Files.write(file, damaged);
      assertUnusable(file, "byte " + i + " of " + whole.length);
    }
  }

  @Test
  void aFileThatIsCutOffIsSeen() throws IOException {
    byte[] whole = whole();
    Path file = data.resolve("damaged");
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertUnusable(file, length + " bytes of " + whole.length);
    }
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length + 1));
    assertUnusable(file, "one byte more");
  }

  @Test
  void leadsToTheWholeJournal() throws IOException {
    byte[] damaged = whole();
    Path file = snapshots().getFirst();
    damaged[damaged.length / 2] ^= 1;
    Files.write(file, damaged);
    assertSnapshotsChangeNothing(true);
  }

  @Test
  void aSnapshotOfANewerProgramIsNotUsed() throws IOException {
    byte[] newer = whole();
    System.arraycopy(SnapshotWriter.head(3).array(), 0, newer, 0, SnapshotWriter.HEAD);
    Path file = snapshots().getFirst();
    Files.write(file, newer);
    UnusableSnapshotException refused =
        assertThrows(UnusableSnapshotException.class, () -> SnapshotReader.open(file).close());
    assertEquals("it has format 3, and this program reads 2", refused.getMessage());
    assertSnapshotsChangeNothing(true);
  }

  @Test
  void aSnapshotOfAnotherJournalIsNotUsed() throws IOException {
    fill(22, 0);
    Path other = data.resolve("other");
    copy(directory(), other);
    delete(data.resolve("shops"));
    fill(23, 0);
    delete(directory());
    Files.move(other, directory());
    assertSnapshotsChangeNothing(true);
  }
}
