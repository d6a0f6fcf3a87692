package io.zhiyin.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TextTokensTest {
  @Nested
  class English {
    @Test
    void isCutIntoLowerCaseSingularWordsAndPairs() {
      TextTokens tokens = TextTokens.of("Red Nail Polishes, Glass Jars");
      assertEquals(List.of("red", "nail", "polish", "glass", "jar"), tokens.words());
      assertEquals(
          List.of("red nail", "nail polish", "polish glass", "glass jar"), tokens.wordPairs());
    }

    @Test
    void keepsApostrophesAndDecimalPointsInside() {
      assertEquals(List.of("loreal", "0.5", "ounce"), TextTokens.of("L'Oreal 0.5-Ounce.").words());
    }

    @Test
    void takesThePluralOfBodiesAndBoxesOff() {
      assertEquals(List.of("body", "box", "brush"), TextTokens.of("bodies boxes brushes").words());
    }
  }

  @Nested
  class Chinese {
    @Test
    void isCutIntoCharactersAndNeighbours() {
      TextTokens tokens = TextTokens.of("红色口红");
      assertEquals(List.of("红", "色", "口", "红"), tokens.characters());
      assertEquals(List.of("红色", "色口", "口红"), tokens.characterPairs());
    }

    @Test
    void doesNotPairAcrossAGapOrAnotherScript() {
      TextTokens tokens = TextTokens.of("口红 OPI 礼盒，套装");
      assertEquals(List.of("口红", "礼盒", "套装"), tokens.characterPairs());
      assertEquals(List.of("opi"), tokens.words());
    }

    @Test
    void readsFullWidthLettersAsPlainOnes() {
      assertEquals(List.of("abc", "12"), TextTokens.of("ＡＢＣ　１２").words());
    }
  }

  @Nested
  class AnyText {
    @Test
    void mayBeEmptyOrOnlySigns() {
      assertEquals(List.of(), TextTokens.of("").words());
      assertEquals(List.of(), TextTokens.of(" -- ' . 。！").words());
    }

    @Test
    void isReadUpToABound() {
      assertEquals(64, TextTokens.of("word ".repeat(500)).words().size());
    }

    @Test
    void mayHoldCharactersBeyondTheBasicPlane() {
      assertEquals(List.of("𠮷", "野"), TextTokens.of("𠮷野").characters());
    }
  }
}
