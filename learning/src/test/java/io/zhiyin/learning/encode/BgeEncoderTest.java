package io.zhiyin.learning.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.engine.content.Script;
import io.zhiyin.engine.content.TextEncoder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BgeEncoderTest {
  private static final PretrainedText TEXT = PretrainedText.onClassPath();

  private static final List<String> ENGLISH =
      List.of(
          "OPI Nail Lacquer, Big Apple Red",
          "Red nail polish, quick dry",
          "Moisturizing shampoo for dry hair",
          "Hair conditioner with argan oil",
          "Sunscreen lotion SPF 50",
          "After sun cooling gel",
          "Electric shaver for men",
          "Beard trimmer, cordless",
          "Eyeshadow palette, 15 colors",
          "Black liquid eyeliner pen",
          "Women's eau de parfum spray",
          "Bath towel, cotton");

  private static final List<String> CHINESE =
      List.of(
          "氨基酸洗面奶",
          "温和洁面乳",
          "红色指甲油",
          "卸甲水",
          "男士电动剃须刀",
          "刮胡刀片",
          "纯棉浴巾",
          "毛巾",
          "防晒霜SPF50",
          "隔离乳",
          "运动跑步鞋",
          "篮球鞋");

  @AfterAll
  static void close() {
    TEXT.close();
  }

  private static TextEncoder reader(Script script) {
    return TEXT.encoders().all().stream()
        .filter(encoder -> encoder.script() == script)
        .findFirst()
        .orElseThrow();
  }

  private static float cosine(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static String nearest(List<String> texts, String text) {
    TextEncoder reader = TEXT.encoders().forText(text).orElseThrow();
    float[] vector = reader.encode(text);
    String best = "";
    float largest = -1;
    for (String other : texts) {
      float cosine = cosine(vector, reader.encode(other));
      if (!other.equals(text) && cosine > largest) {
        largest = cosine;
        best = other;
      }
    }
    return best;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPI Nail Lacquer, Big Apple Red | Red nail polish, quick dry",
        "Moisturizing shampoo for dry hair | Hair conditioner with argan oil",
        "Beard trimmer, cordless | Electric shaver for men",
        "Sunscreen lotion SPF 50 | After sun cooling gel",
      })
  void englishTitlesFindTheirLike(String title, String like) {
    assertEquals(like, nearest(ENGLISH, title));
  }

  @ParameterizedTest
  @CsvSource({"氨基酸洗面奶, 温和洁面乳", "男士电动剃须刀, 刮胡刀片", "纯棉浴巾, 毛巾", "篮球鞋, 运动跑步鞋"})
  void chineseTitlesFindTheirLike(String title, String like) {
    assertEquals(like, nearest(CHINESE, title));
  }

  @Test
  void vectorsHaveLengthOne() {
    for (String text : List.of("a", "洗", "😀", "😀 nail 洗面奶", "\u0007", "x".repeat(100_000))) {
      for (TextEncoder reader : TEXT.encoders().all()) {
        float[] vector = reader.encode(text);
        assertEquals(reader.size(), vector.length);
        assertEquals(1, cosine(vector, vector), 1e-5f, text);
      }
    }
  }

  @Test
  void aBlankTextIsZero() {
    assertArrayEquals(new float[384], reader(Script.LATIN).encode(" \n"));
    assertArrayEquals(new float[512], reader(Script.HAN).encode(""));
  }

  @Test
  void theSameTextGivesTheSameBytesWhateverWasReadBeforeAndOnAnyThread() {
    TextEncoder reader = reader(Script.LATIN);
    List<float[]> once = ENGLISH.stream().map(reader::encode).toList();
    IntStream.range(0, 48)
        .parallel()
        .forEach(
            i ->
                assertArrayEquals(
                    once.get(i * 5 % ENGLISH.size()),
                    reader.encode(ENGLISH.get(i * 5 % ENGLISH.size()))));
  }

  @Test
  void aModelThatIsNotThereIsNotOffered() {
    assertTrue(new BgeEncoder("bge-small-en-v1.5-q", Script.LATIN, 384).isPresent());
    assertFalse(new BgeEncoder("bge-giant", Script.LATIN, 384).isPresent());
  }

  /// Loading recurses deeply in native code, where an overflow would kill the whole process.
  @Test
  void aThreadWithAShortStackMayBeTheFirstToRead() throws InterruptedException {
    try (BgeEncoder encoder = new BgeEncoder("bge-small-zh-v1.5-q", Script.HAN, 512)) {
      float[][] read = new float[1][];
      Thread thread = new Thread(null, () -> read[0] = encoder.encode("面霜"), "short", 1 << 18);
      thread.start();
      thread.join();
      assertArrayEquals(reader(Script.HAN).encode("面霜"), read[0]);
    }
  }

  @Test
  void itReadsAgainAfterItWasClosed() {
    BgeEncoder encoder = new BgeEncoder("bge-small-zh-v1.5-q", Script.HAN, 512);
    float[] before = encoder.encode("面霜");
    encoder.close();
    float[] after = encoder.encode("面霜");
    encoder.close();
    assertArrayEquals(before, after);
  }
}
