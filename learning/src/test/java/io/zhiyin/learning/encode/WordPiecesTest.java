package io.zhiyin.learning.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our word pieces are those of the models' own tokenizer library, which serves as the reference.
class WordPiecesTest {
  private static final String ENGLISH = "/bge-small-en-v1.5-q-tokenizer.json";
  private static final String CHINESE = "/bge-small-zh-v1.5-q-tokenizer.json";
  private static final int LIMIT = 128;

  private static final List<String> TEXTS =
      List.of(
          "OPI Nail Lacquer, Simmer and Shimmer, 0.5-Fluid Ounce",
          "L'Oréal Crème Brûlée — naïve façade ÀÉÎÕÜ ßtraße İstanbul",
          "100% Pure & Natural (pack of 2) $9.99 <b>new</b> ^~`|+=",
          "洗面奶 氨基酸温和洁面乳100ml",
          "SK-II神仙水护肤精华露230ml 【官方正品】，买一送一！",
          "しっとり化粧水 カタカナ 한국어 크림 Крем для рук عربي हिन्दी",
          "💅 nail art 👩‍👩‍👧 set😀😀 ❤️ ★★★ ™®©",
          "tab\tnew\nline\r nbsp\u00a0thin\u2009zero\u200bwidth bell\u0007 \ufffd \ufeffbom",
          "word".repeat(60) + " antidisestablishmentarianism pneumonoultramicroscopic",
          "x".repeat(100) + " " + "y".repeat(101),
          "\ud840\udc00 \ud83d\ude00 \u4e00\u9fff\u3400",
          "...,,,!!!???",
          "0123456789 3-in-1 50+ SPF50 B12");

  @BeforeAll
  static void theReferenceStaysAtHome() {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private static InputStream resource(String path) {
    return java.util.Objects.requireNonNull(WordPiecesTest.class.getResourceAsStream(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {ENGLISH, CHINESE})
  void everyTextHasTheTokensOfTheReference(String path) throws IOException {
    WordPieces ours = WordPieces.read(resource(path));
    Map<String, String> options =
        Map.of("maxLength", "" + LIMIT, "truncation", "true", "padding", "false");
    try (HuggingFaceTokenizer reference =
        HuggingFaceTokenizer.newInstance(resource(path), options)) {
      for (String text : TEXTS) {
        assertArrayEquals(reference.encode(text).getIds(), ours.tokens(text, LIMIT), text);
      }
      SplittableRandom random = new SplittableRandom(7);
      for (int i = 0; i < 500; i++) {
        String text = mixed(random);
        assertArrayEquals(reference.encode(text).getIds(), ours.tokens(text, LIMIT), text);
      }
    }
  }

  /// Parts of the texts, put together anew.
  private static String mixed(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int parts = 1 + random.nextInt(8);
    for (int i = 0; i < parts; i++) {
      int[] points = TEXTS.get(random.nextInt(TEXTS.size())).codePoints().toArray();
      int from = random.nextInt(points.length);
      int length = 1 + random.nextInt(Math.min(20, points.length - from));
      text.append(new String(points, from, length));
    }
    return text.toString();
  }

  @Test
  void aLongTextIsReadFromItsBeginning() throws IOException {
    WordPieces pieces = WordPieces.read(resource(ENGLISH));
    long[] start = pieces.tokens("red nail polish ".repeat(100), LIMIT);
    assertEquals(LIMIT, start.length);
    assertArrayEquals(start, pieces.tokens("red nail polish ".repeat(1_000_000), LIMIT));
    assertEquals(3, pieces.tokens("z".repeat(10_000_000), LIMIT).length);
  }

  @Test
  void whatIsNotATokenizerIsRefused() {
    for (String wrong : List.of("{}", "[", "{\"model\":{\"type\":\"BPE\"}}")) {
      byte[] bytes = wrong.getBytes(StandardCharsets.UTF_8);
      assertThrows(IOException.class, () -> WordPieces.read(new ByteArrayInputStream(bytes)));
    }
  }
}
