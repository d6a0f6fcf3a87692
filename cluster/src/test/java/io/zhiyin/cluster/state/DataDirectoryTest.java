package io.zhiyin.cluster.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhiyin.cluster.journal.DataRefusedException;
import io.zhiyin.engine.event.ShopId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temp;

  private String refusal() {
    return assertThrows(DataRefusedException.class, () -> DataDirectory.open(temp)).getMessage();
  }

  private void format(String text) throws IOException {
    Files.writeString(temp.resolve("FORMAT"), text);
  }

  @Test
  void aNewDirectoryGetsAFormat() throws IOException {
    DataDirectory.open(temp).close();
    assertEquals(
        "{\"format\":\"zhiyin-data\",\"version\":1,\"crc32c\":\""
            + DataDirectory.checksum(1)
            + "\"}",
        Files.readString(temp.resolve("FORMAT")).strip());
    DataDirectory.open(temp).close();
  }

  @Test
  void shopsAreListedByName() throws IOException {
    try (DataDirectory data = DataDirectory.open(temp)) {
      assertEquals(List.of(), data.shops());
      Files.createDirectories(data.shop(new ShopId("tea")));
      Files.createDirectories(data.shop(ShopId.DEFAULT));
      assertEquals(List.of(ShopId.DEFAULT, new ShopId("tea")), data.shops());
    }
  }

  @Nested
  class Refused {
    private String damaged() throws IOException {
      return "The file "
          + temp.toRealPath().resolve("FORMAT")
          + " is damaged: restore it from a backup of the data directory.";
    }

    @Test
    void whenTheFormatIsNoJson() throws IOException {
      format("{\"format\":\"zhiyin-d");
      assertEquals(damaged(), refusal());
    }

    @Test
    void whenTheFormatIsEmpty() throws IOException {
      format("");
      assertEquals(damaged(), refusal());
    }

    @Test
    void whenTheChecksumIsWrong() throws IOException {
      format("{\"format\":\"zhiyin-data\",\"version\":1,\"crc32c\":\"00000000\"}");
      assertEquals(damaged(), refusal());
    }

    @Test
    void whenTheFormatIsNewer() throws IOException {
      format(
          "{\"format\":\"zhiyin-data\",\"version\":2,\"crc32c\":\""
              + DataDirectory.checksum(2)
              + "\"}");
      assertEquals(
          "The data directory "
              + temp.toRealPath()
              + " has format 2, and this program reads formats up to 1: start a newer version of"
              + " Zhiyin on it.",
          refusal());
    }

    @Test
    void whenThereAreShopsButNoFormat() throws IOException {
      Files.createDirectories(temp.resolve("shops/default"));
      assertEquals(
          "The data directory "
              + temp.toRealPath()
              + " has shops but no FORMAT file: restore that file from a backup.",
          refusal());
    }

    @Test
    void andIsFreeAgainAfterwards() throws IOException {
      format("");
      refusal();
      Files.delete(temp.resolve("FORMAT"));
      DataDirectory.open(temp).close();
    }
  }
}
