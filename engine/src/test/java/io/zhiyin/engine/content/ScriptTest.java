package io.zhiyin.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptTest {
  @ParameterizedTest
  @CsvSource({
    "LATIN, OPI Nail Lacquer",
    "LATIN, Crème brûlée 30ml",
    "LATIN, Lancôme Advanced Génifique 30ml 精华",
    "HAN, 洗面奶",
    "HAN, SK-II 神仙水护肤精华露 230ml",
    "HAN, OPI Nail Lacquer 指甲油",
    "HAN, しっとり化粧水",
    "OTHER, Крем для рук",
    "OTHER, 12345 - 😀",
    "OTHER, ''",
  })
  void aTextIsOfTheScriptThatMostOfItIsWrittenIn(Script script, String text) {
    assertEquals(script, Script.of(text));
  }
}
