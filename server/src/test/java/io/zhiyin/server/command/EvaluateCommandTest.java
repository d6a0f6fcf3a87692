package io.zhiyin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.server.shop.EvaluationFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class EvaluateCommandTest {
  private static final String EVIL = "<script>alert('x')</script> & \"Sons\"";

  @TempDir static Path folder;

  @BeforeAll
  static void aShopWithATitleThatWouldBeMarkup() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      items.append(
          String.format(
              Locale.ROOT,
              "{\"itemId\":\"i%d\",\"title\":\"%s %d\",\"categories\":[\"Kind <%d\"]}%n",
              i,
              EVIL.replace("\"", "\\\""),
              i,
              i % 3));
    }
    StringBuilder events = new StringBuilder();
    for (int user = 0; user < 40; user++) {
      int at = random.nextInt(30);
      for (int step = 0; step < 8; step++) {
        events.append(
            String.format(
                Locale.ROOT,
                "{\"eventId\":\"e%d-%d\",\"eventType\":\"detail-page-view\",\"eventTime\":\"2026-01-01T00:%02d:00Z\",\"userId\":\"u%d\",\"items\":[{\"itemId\":\"i%d\"}]}%n",
                user,
                step,
                step,
                user,
                at));
        at = (at + 1) % 30;
      }
    }
    Path itemFile = Files.writeString(folder.resolve("items.jsonl"), items);
    Path eventFile = Files.writeString(folder.resolve("events.jsonl"), events);
    CommandRun run =
        CommandRun.of("import", "--data", data(), "--format", "jsonl", itemFile, eventFile);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("0  records rejected"), run.out());
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static CommandRun evaluate(Object... more) {
    List<Object> args = new ArrayList<>(List.of("evaluate", "--data", data()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray());
  }

  @Nested
  class AReport {
    private static String page = "";

    @BeforeAll
    static void isWritten() throws IOException {
      Path file = folder.resolve("report.html");
      CommandRun run =
          evaluate(
              "--methods",
              "random,popular,item-to-item,sequence,zhiyin",
              "--epochs",
              2,
              "--threads",
              1,
              "--cold-start",
              "--report",
              file,
              "--json",
              folder.resolve("report.json"));
      assertEquals(0, run.status(), run.err());
      assertTrue(run.out().contains("report / 报告: " + file), run.out());
      page = Files.readString(file);
    }

    @Test
    void isOnePageThatAsksNobodyAndRunsNothing() {
      assertFalse(page.contains("<script"), "no title became a script, and there is no other");
      assertFalse(Pattern.compile("(src|href)=").matcher(page).find(), "nothing is loaded");
      assertFalse(Pattern.compile("url\\(|@import").matcher(page).find(), "nor by the style");
      assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Sons"));
      assertTrue(page.contains("Kind &lt;2"));
    }

    @Test
    void showsEverySectionInBothLanguages() {
      for (String words :
          List.of(
              "Every method beside the others",
              "各方法对比",
              "Could it be chance?",
              "会不会是偶然？",
              "Beside being right",
              "Where it works, and where not",
              "How the model learned",
              "Cold start",
              "冷启动",
              "Sample lists",
              "What the figures mean",
              "How it was measured",
              "评估方法")) {
        assertTrue(page.contains(words), words);
      }
      long english = Pattern.compile("lang=\"en\" class=\"t\"").matcher(page).results().count();
      long chinese = Pattern.compile("lang=\"zh\" class=\"t\"").matcher(page).results().count();
      assertEquals(english, chinese);
      assertTrue(english > 100, "there is much to read");
    }

    @Test
    void isWellFormedAndHasATableForEveryChart() throws Exception {
      String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
      String xml = body.replaceAll("<input ([^>]*?)( checked)?>", "<input $1/>");
      var document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)));
      assertTrue(document.getElementsByTagName("figure").getLength() > 6);
      assertTrue(document.getElementsByTagName("table").getLength() > 6);
      var sections = document.getElementsByTagName("section");
      for (int i = 0; i < sections.getLength(); i++) {
        var section = (org.w3c.dom.Element) sections.item(i);
        boolean drawn = section.getElementsByTagName("figure").getLength() > 0;
        assertTrue(!drawn || section.getElementsByTagName("table").getLength() > 0);
      }
    }

    @Test
    void isKeptBesideTheShopWithAllThatTheConsoleShows() throws IOException {
      Path shop = data().resolve("shops").resolve("default");
      JsonNode kept = EvaluationFile.read(shop).orElseThrow().report();
      for (String method : List.of("popular", "zhiyin")) {
        JsonNode masked = kept.path("methods").path(method).path("masked");
        assertEquals(2, masked.path("ndcg@10.ci95").size(), masked.toString());
        assertEquals(2, masked.path("recall@10.ci95").size());
      }
      assertTrue(kept.path("slices").has("activity"), kept.toString());
      assertTrue(kept.path("evidence").path("calibration").isArray());
      assertTrue(kept.path("comparisons").isArray());
      Path file = shop.resolve("evaluation.json");
      String text = Files.readString(file);
      Files.writeString(file, text.replace("\"users\":", "\"users\":1"));
      assertTrue(EvaluationFile.read(shop).isEmpty(), "a changed file is not used");
      Files.writeString(file, text);
    }

    @Test
    void isNotReplacedByOneOfFewerMethods() throws IOException {
      Path shop = data().resolve("shops").resolve("default");
      EvaluationFile before = EvaluationFile.read(shop).orElseThrow();
      CommandRun fewer = evaluate("--methods", "random,popular");
      assertEquals(0, fewer.status(), fewer.err());
      assertTrue(fewer.err().contains("goes on showing the evaluation of"), fewer.err());
      assertEquals(before, EvaluationFile.read(shop).orElseThrow());
    }

    @Test
    void leavesNoHalfWrittenFileBehind() throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(0, files.filter(file -> file.toString().endsWith(".partial")).count());
      }
      assertTrue(Files.readString(folder.resolve("report.json")).contains("\"coldStart\""));
    }
  }

  @Nested
  class ACall {
    @Test
    void isRefusedAtOnceWhenTheReportHasNoFolder() {
      CommandRun run = evaluate("--report", folder.resolve("nowhere").resolve("report.html"));
      assertEquals(Failures.WRONG_CALL, run.status());
      assertTrue(run.err().contains("There is no folder " + folder.resolve("nowhere")), run.err());
    }

    @Test
    void withoutTrainingStillGivesAPage() throws IOException {
      Path file = folder.resolve("plain.html");
      CommandRun run = evaluate("--methods", "popular", "--report", file);
      assertEquals(0, run.status(), run.err());
      String page = Files.readString(file);
      assertFalse(page.contains("How the model learned"));
      assertFalse(page.contains("Could it be chance?"), "there is nothing to compare with");
    }
  }
}
