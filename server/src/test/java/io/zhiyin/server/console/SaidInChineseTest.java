package io.zhiyin.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.zhiyin.engine.rule.Finding;
import io.zhiyin.server.http.LiveServer;
import io.zhiyin.server.http.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the server says in English is said in Chinese on a Chinese page of the console.
class SaidInChineseTest extends BrowsedConsole {
  /// Three words of English in a row; names of fields and ids are no sentence.
  private static final Pattern SENTENCE = Pattern.compile("[a-z]+ [a-z]+ [a-z]+");

  private static final String TABLES =
      "async (of) => Object.keys((await import('/console/assets/words-said.js'))[of])";

  @Test
  void everyKindOfFindingAndOfProblem() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("zh", "/system");
      page.waitForSelector("h1");
      Set<String> kinds =
          Arrays.stream(Finding.Kind.values())
              .filter(kind -> kind != Finding.Kind.CONDITION) // says what the compiler says
              .map(Finding.Kind::code)
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(kinds, keys(page, "FINDINGS"));
      Set<String> problems =
          Arrays.stream(Problem.Kind.values())
              .map(kind -> kind.type().substring("urn:zhiyin:problem:".length()))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(problems, keys(page, "PROBLEMS"));
    }
  }

  @SuppressWarnings("unchecked")
  private static Set<String> keys(Page page, String table) {
    return new TreeSet<>((List<String>) page.evaluate(TABLES, table));
  }

  @Test
  void whatTheCheckOfRulesFindsWhileOneTypes() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("zh", "/scenarios");
      page.click("[data-act=add]");
      page.waitForSelector(".findings:has-text('只针对这些商品')"); // neither condition nor items
      for (String[] wrong :
          new String[][] {
            {"colour == \"red\"", "第 1 行第 1 列：没有名为 colour 的字段"},
            {"price < \"dear\"", "第 1 行第 7 列：“_<_”不能用于 (double, string)"},
            {"price <", "语法不对"},
            {"title", "这里须为 bool，却是 string"},
            {"user.signedIn", "应写在“顾客”一栏"},
            {"price > 5000.0", "目录中没有任何商品满足"},
          }) {
        page.fill("[data-field=when]", wrong[0]);
        page.waitForSelector(".findings:has-text('" + wrong[1] + "')");
        assertSpeaksChinese(page, ".findings");
      }
      page.fill("[data-field=when]", "price < 5000.0");
      page.selectOption("[aria-label=动作]", "exclude");
      page.waitForSelector(".findings:has-text('列表会全空')");
      page.selectOption("[aria-label=动作]", "boost");
      page.fill("[aria-label=倍数]", "0.5");
      page.waitForSelector(".findings:has-text('须大于 1 且不超过 100')");
      page.fill("[aria-label=倍数]", "2");
      page.fill("[aria-label=编号]", "a rule");
      page.waitForSelector(".findings:has-text('1 到 64 个字母')");
      assertSpeaksChinese(page, "main");
      ConsoleBrowser.keep(page, "findings-zh-desk");
    }
  }

  @Test
  void whatTheCheckFindsOfAScenariosSettings() {
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("zh", "/scenarios?scenario=trending");
      page.waitForSelector("#objective-said:has-text('不起作用')");
      page.selectOption("#objective", "revenue");
      page.waitForSelector("#state:has-text('正在流行 · 目标：不起作用：学习排序不参与本场景')");
      page.fill("[data-source=new]", "20");
      page.waitForSelector(".findings:has-text('按其他依据排序')");
      assertSpeaksChinese(page, "main");
    }
  }

  @Test
  void whatWasWrongWithACall() {
    LiveServer.Reply gone = shop.server.get("/v1/items/nothing-of-that-name");
    LiveServer.Reply zone =
        shop.server.post(
            "/v1/imports",
            "{\"fileName\":\"a.csv\",\"bytes\":3,\"format\":\"csv\",\"zone\":\"Mars\"}");
    try (ConsoleBrowser browser = ConsoleBrowser.desk(shop)) {
      Page page = browser.open("zh", "/system");
      page.waitForSelector("h1");
      assertEquals("没有“nothing-of-that-name”。", problem(page, gone));
      assertEquals("zone 不是时区；写作 Asia/Shanghai 或 +08:00（Mars）。", problem(page, zone));
      page = browser.open("en", "/system");
      page.waitForSelector("h1");
      assertEquals("There is no item 'nothing-of-that-name'.", problem(page, gone));
    }
  }

  /// How the page words a problem document.
  private static Object problem(Page page, LiveServer.Reply reply) {
    return page.evaluate(
        "async ([status, body]) => { const { ApiError } = await import('/console/assets/api.js');"
            + " const { problem } = await import('/console/assets/said.js');"
            + " return problem(new ApiError(status, JSON.parse(body))); }",
        List.of(reply.status(), reply.response().body()));
  }

  private static void assertSpeaksChinese(Page page, String where) {
    for (String text : page.locator(where).allInnerTexts()) {
      assertFalse(SENTENCE.matcher(text).find(), text);
    }
    assertTrue(page.locator(where).count() > 0, where);
  }
}
