package io.zhiyin.engine.event;

import io.zhiyin.engine.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as a record of the journal, as they are and behind a head with the right checksum:
/// read, or an [UnreadableRecordException].
class RecordsFuzzTest {
  public static void fuzzerTestOneInput(byte[] bytes) {
    decode(bytes);
    byte[] record = new byte[5 + bytes.length];
    record[0] = EventCodec.VERSION;
    System.arraycopy(bytes, 0, record, 5, bytes.length);
    CRC32C crc = new CRC32C();
    crc.update(record, 0, 1);
    crc.update(bytes);
    ByteBuffer.wrap(record).putInt(1, (int) crc.getValue());
    decode(record);
  }

  private static void decode(byte[] record) {
    try {
      Event event = EventCodec.decode(record);
      byte[] again = EventCodec.encode(event);
      if (!event.equals(EventCodec.decode(again))) {
        throw new AssertionError(event + " is another the second time: " + Arrays.toString(again));
      }
    } catch (UnreadableRecordException refused) {
      // as documented
    }
  }

  static List<Path> seeds() throws IOException {
    return Seeds.of("records");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isReadOrRefused(Path seed) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(seed));
  }
}
