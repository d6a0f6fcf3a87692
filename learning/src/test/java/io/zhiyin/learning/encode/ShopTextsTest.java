package io.zhiyin.learning.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.content.Script;
import io.zhiyin.engine.content.TextEncoder;
import io.zhiyin.engine.content.TextEncoders;
import io.zhiyin.engine.content.TextVectors;
import io.zhiyin.learning.SyntheticShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShopTextsTest {
  @TempDir Path directory;
  private final Catalog catalog = new Catalog();
  private final Counting reader = new Counting("counting", new AtomicInteger());

  /// Counts how often it reads; every text has the direction of its length.
  private record Counting(String id, AtomicInteger reads) implements TextEncoder {
    @Override
    public Script script() {
      return Script.LATIN;
    }

    @Override
    public int size() {
      return 3;
    }

    @Override
    public float[] encode(String text) {
      reads.incrementAndGet();
      double angle = text.length() / 7.0;
      return new float[] {(float) Math.cos(angle), (float) Math.sin(angle), 0};
    }
  }

  private ShopTexts open() {
    return ShopTexts.open(directory, new TextEncoders(List.of(reader)));
  }

  private TextVectors encoded(ShopTexts texts) {
    return TextVectors.encode(catalog, texts.encoders(), TextVectors.Progress.SILENT);
  }

  private Path file() {
    return directory.resolve("counting.vectors");
  }

  @BeforeEach
  void threeItems() {
    SyntheticShop.put(catalog, "a", "nail polish");
    SyntheticShop.put(catalog, "b", "comb");
    SyntheticShop.put(catalog, "c", "a very long title of a bottle");
  }

  @Test
  void noTextIsReadTwiceEvenAfterARestart() throws IOException {
    ShopTexts first = open();
    float[] vectors = encoded(first).spaces().getFirst().matrix();
    encoded(first);
    first.save(catalog);
    assertEquals(3, reader.reads.get());

    ShopTexts second = open();
    assertEquals(3, second.remembered());
    SyntheticShop.put(catalog, "d", "new");
    float[] again = encoded(second).spaces().getFirst().matrix();
    assertEquals(4, reader.reads.get());
    assertArrayEquals(vectors, java.util.Arrays.copyOf(again, vectors.length));
  }

  @Test
  void whatIsAtHandIsKnownAndWhatIsNotIsNotRead() {
    ShopTexts texts = open();
    TextEncoder encoder = texts.encoders().all().getFirst();
    assertTrue(encoder.known("comb").isEmpty());
    assertEquals(0, TextVectors.known(catalog, texts.encoders()).count());
    float[] read = encoder.encode("comb");
    assertArrayEquals(read, encoder.known("comb").orElseThrow());
    assertEquals(1, TextVectors.known(catalog, texts.encoders()).count());
    assertEquals(1, reader.reads.get());
  }

  enum Damage {
    CUT {
      @Override
      byte[] of(byte[] all) {
        return java.util.Arrays.copyOf(all, all.length - 9);
      }
    },
    EMPTY {
      @Override
      byte[] of(byte[] all) {
        return new byte[0];
      }
    },
    LONGER {
      @Override
      byte[] of(byte[] all) {
        return java.util.Arrays.copyOf(all, all.length + 1);
      }
    },
    A_BIT {
      @Override
      byte[] of(byte[] all) {
        all[all.length - 10] ^= 4;
        return all;
      }
    },
    HUGE_COUNT {
      @Override
      byte[] of(byte[] all) {
        java.nio.ByteBuffer.wrap(all).putInt(4 + 4 + 2 + "counting".length() + 4, 1 << 30);
        return all;
      }
    },
    NEWER_FORMAT {
      @Override
      byte[] of(byte[] all) {
        java.nio.ByteBuffer.wrap(all).putInt(4, 99);
        return all;
      }
    },
    ANOTHER_FILE {
      @Override
      byte[] of(byte[] all) {
        return "something else entirely".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      }
    };

    abstract byte[] of(byte[] all);
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileIsDroppedAndMadeAgain(Damage damage) throws IOException {
    ShopTexts first = open();
    encoded(first);
    first.save(catalog);
    byte[] sound = Files.readAllBytes(file());
    Files.write(file(), damage.of(sound.clone()));

    ShopTexts second = open();
    assertEquals(0, second.remembered());
    encoded(second);
    assertEquals(6, reader.reads.get());
    second.save(catalog);
    assertEquals(3, open().remembered());
  }

  @Test
  void nothingNewIsNotWrittenAgainAndNoHalfFileStays() throws IOException {
    ShopTexts texts = open();
    texts.save(catalog);
    assertFalse(Files.exists(file()));
    encoded(texts);
    texts.save(catalog);
    Files.delete(file());
    texts.save(catalog);
    assertFalse(Files.exists(file()));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void textsThatTheCatalogueNoLongerHasAreForgottenOnceTheyAreMost() throws IOException {
    ShopTexts texts = open();
    TextEncoder encoder = texts.encoders().all().getFirst();
    encoded(texts);
    Stream.of("one", "two", "three").forEach(encoder::encode);
    texts.save(catalog);
    assertEquals(6, texts.remembered());
    Stream.of("four", "five").forEach(encoder::encode);
    texts.save(catalog);
    assertEquals(3, texts.remembered());
    assertTrue(encoder.known("comb").isPresent());
  }
}
