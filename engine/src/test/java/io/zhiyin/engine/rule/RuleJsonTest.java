package io.zhiyin.engine.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.recommend.Scenarios;
import io.zhiyin.engine.recommend.Shop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleJsonTest {
  static final String ALL_KINDS =
      """
      [{"id":"a","when":"price < 50.0","action":{"type":"filter"}},
       {"id":"b","items":["i1","i2"],"action":{"type":"exclude"}},
       {"id":"c","when":"'new' in tags","action":{"type":"boost","factor":1.5}},
       {"id":"d","when":"stock < 3","action":{"type":"bury","factor":0.3}},
       {"id":"e","items":["i3","i4"],"action":{"type":"pin","position":2}},
       {"id":"f","when":"brand == 'Muji'","action":{"type":"quota","atLeast":3}},
       {"id":"g","action":{"type":"cap","share":0.25,"per":"attributes.seller"}},
       {"id":"h","name":"高价","when":"price > 100.0","audience":"!user.signedIn","enabled":false,
        "scenarios":["home-feed","cart"],"from":"2026-01-01T00:00:00Z","until":"2027-01-01T00:00:00Z",
        "action":{"type":"cap","atMost":2,"per":"category:1"}}]
      """;

  static RuleSet read(String json) {
    try {
      return RuleJson.read(new ObjectMapper().readTree(json));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Nested
  class AnArrayOfRules {
    @Test
    void isReadAndWrittenWithoutLoss() {
      RuleSet set = read(ALL_KINDS);
      assertEquals(8, set.rules().size());
      assertEquals(new Action.Pin(2, 2), set.rules().get(4).action());
      assertEquals(set, RuleJson.read(RuleJson.write(set)));
    }

    @Test
    void isRefusedByFieldAndReason() {
      for (String[] wrong :
          new String[][] {
            {"{}", "rules", "must be an array of rules"},
            {"[1]", "rules[0]", "must be an object"},
            {"[{\"id\":\"x\"}]", "rules[0].action", "is required"},
            {
              rule("\"when\":\"true\"", "\"type\":\"hide\""),
              "rules[0].action.type",
              "must be one of"
            },
            {
              rule("\"when\":\"true\"", "\"type\":\"boost\""),
              "rules[0].action.factor",
              "is required"
            },
            {
              rule("\"when\":\"true\"", "\"type\":\"boost\",\"factor\":0.5"),
              "rules[0].action.factor",
              "must be above 1 and at most 100"
            },
            {
              rule("\"when\":\"true\"", "\"type\":\"filter\",\"factor\":2"),
              "rules[0].action.factor",
              "is not a known field; known are type"
            },
            {
              rule("\"wen\":\"true\"", "\"type\":\"filter\""),
              "rules[0].wen",
              "is not a known field"
            },
            {
              rule("\"name\":\"x\"", "\"type\":\"filter\""), "rules[0].when", "or items is required"
            },
            {
              rule("\"when\":\"true\"", "\"type\":\"cap\",\"atMost\":1,\"share\":0.5"),
              "rules[0].action.atMost",
              "or share is required, and not both"
            },
            {
              rule("\"when\":\"true\"", "\"type\":\"cap\",\"atMost\":1,\"per\":\"colour\""),
              "rules[0].action.per",
              "must be one of"
            },
            {
              rule("\"when\":\"true\",\"from\":\"tomorrow\"", "\"type\":\"filter\""),
              "rules[0].from",
              "must be a time"
            }
          }) {
        InvalidFieldException e = assertThrows(InvalidFieldException.class, () -> read(wrong[0]));
        assertEquals(wrong[1], e.field(), wrong[0]);
        assertTrue(e.reason().startsWith(wrong[2]), e.reason());
      }
    }

    private String rule(String fields, String action) {
      return "[{\"id\":\"x\"," + fields + ",\"action\":{" + action + "}}]";
    }
  }

  @Nested
  class Conditions {
    private final Shop shop = new Shop();

    @Test
    void areEvaluatedOnceForEachVersionOfAnItem() {
      int item = shop.put("i1", "Pan", "Kitchen > Pans", "Muji", 40);
      CompiledRules rules = CompiledRules.ofShop(read(ALL_KINDS), new RuleExpressions());
      long[] first = rules.bits(shop.catalog(), item, Shop.NOW);
      assertEquals(0b1100011, first[0] & 0b1111111, Long.toBinaryString(first[0]));
      assertSame(first, rules.bits(shop.catalog(), item, Shop.NOW), "remembered");
      shop.put("i1", "Pan", "Kitchen > Pans", "Opi", 90);
      long[] second = rules.bits(shop.catalog(), item, Shop.NOW);
      assertFalse((second[0] & 1) != 0, "the price has changed");
    }

    @Test
    void onAgeFollowTheClock() {
      int item = shop.put("i1", "Pan", "Kitchen > Pans", "Muji", 40);
      CompiledRules rules =
          CompiledRules.ofShop(
              read("[{\"id\":\"x\",\"when\":\"ageDays < 31\",\"action\":{\"type\":\"exclude\"}}]"),
              new RuleExpressions());
      assertTrue(rules.matches(0, shop.catalog(), item, Shop.NOW));
      assertFalse(rules.matches(0, shop.catalog(), item, Shop.NOW.plusSeconds(86_400 + 60)));
    }

    @Test
    void onTheAudienceReadShopperPageAndCart() {
      int page = shop.put("i1", "Pan", "Kitchen > Pans", "Muji", 40);
      Query query =
          Shop.onPage(shop.query("cart", History.EMPTY, 3), page).withCart(new int[] {page});
      for (String audience :
          List.of(
              "user.signedIn && user.id == 'u1' && user.events == 0 && user.purchases == 0",
              "page.itemId == 'i1' && page.brand == 'Muji' && page.price < 50.0",
              "'Kitchen > Pans' in page.categories",
              "cart.size == 1 && cart.value == 40.0",
              "size(user.categories) == 0 && size(user.brands) == 0")) {
        assertTrue(new RuleExpressions().audiences().compile(audience).test(query), audience);
      }
      assertFalse(
          new RuleExpressions()
              .audiences()
              .compile("page.price < 50.0")
              .test(shop.query("cart", History.EMPTY, 3)),
          "without a page there is no price");
    }
  }

  @Nested
  class ACheck {
    private final Shop shop = new Shop();

    private RuleCheck.Result check(String json) {
      shop.put("i1", "Pan", "Kitchen > Pans", "Muji", 40);
      shop.put("i2", "Pot", "Kitchen > Pots", "Opi", 90);
      return RuleCheck.check(
          read(json), new RuleExpressions(), shop.catalog(), Scenarios.builtIn().names(), Shop.NOW);
    }

    private List<String> found(String json) {
      List<String> found = new ArrayList<>();
      check(json)
          .findings()
          .forEach(f -> found.add(f.severity() + " " + f.field() + " " + f.reason()));
      return found;
    }

    @Test
    void passesWhatCanWorkAndCountsMatches() {
      RuleCheck.Result result =
          check("[{\"id\":\"x\",\"when\":\"price < 50.0\",\"action\":{\"type\":\"filter\"}}]");
      assertTrue(result.isGood());
      assertEquals(List.of(1), result.matches());
      assertEquals(List.of(), result.findings());
    }

    @Test
    void namesUnknownFieldsAndWrongTypesWithTheirPlace() {
      List<String> found =
          found(
              """
              [{"id":"a","when":"color == 'red'","action":{"type":"filter"}},
               {"id":"b","when":"price + 'x'","action":{"type":"filter"}},
               {"id":"c","when":"brand == page.brand","action":{"type":"filter"}},
               {"id":"d","when":"true","audience":"price > 3","action":{"type":"filter"}},
               {"id":"d","when":"true","scenarios":["homefeed"],"action":{"type":"filter"}}]
              """);
      assertEquals(6, found.size(), found.toString());
      assertTrue(
          found.get(0).startsWith("ERROR rules[0].when at line 1, column 1: undeclared reference"),
          found.get(0));
      assertTrue(
          found.get(1).startsWith("ERROR rules[1].when at line 1, column 7: "), found.get(1));
      assertTrue(found.get(2).endsWith("belongs in audience"), found.get(2));
      assertTrue(found.get(3).startsWith("ERROR rules[3].audience at line 1"), found.get(3));
      assertEquals("ERROR rules[4].id is the id of rules[3] already", found.get(4));
      assertTrue(found.get(5).startsWith("ERROR rules[4].scenarios is not known"), found.get(5));
    }

    @Test
    void findsPinsThatContradictEachOther() {
      String pins =
          """
          [{"id":"a","items":["i1","i2"],"action":{"type":"pin","position":1}},
           {"id":"b","items":["i2"],"action":{"type":"pin","position":2}}]
          """;
      assertEquals(
          List.of("ERROR rules[1].position is taken by rule 'a' at the same time"), found(pins));
      assertEquals(
          List.of("ERROR rules[1].items is pinned elsewhere by rule 'a'"),
          found(pins.replace("\"position\":2", "\"position\":5")));
    }

    @Test
    void warnsOfWhatHasNoEffect() {
      assertEquals(
          List.of(
              "WARNING rules[0].when holds for no item of this catalogue",
              "WARNING rules[1].when holds for every item: no list would have any",
              "WARNING rules[2].atLeast is more than the 1 items that match",
              "WARNING rules[3].items is not an item that the shop knows",
              "WARNING rules[3].items is taken out by rule 'b', which goes before a pin"),
          found(
              """
              [{"id":"a","when":"brand == 'Mugi'","action":{"type":"boost","factor":2}},
               {"id":"b","when":"price > 1.0","action":{"type":"exclude"}},
               {"id":"c","when":"brand == 'Muji'","action":{"type":"quota","atLeast":4}},
               {"id":"d","items":["i9","i1"],"action":{"type":"pin","position":1}}]
              """));
    }
  }

  @Nested
  class ABook {
    @TempDir Path directory;

    private RuleBook book() {
      return new RuleBook(directory.resolve("rules"));
    }

    @Test
    void isEmptyAtFirstAndKeepsEveryVersion() throws IOException {
      assertEquals(RuleVersion.NONE, book().current());
      RuleVersion first = book().save(read(ALL_KINDS), "Li", "start", Shop.NOW);
      RuleVersion second = book().save(RuleSet.NONE, "", "", Shop.NOW.plusSeconds(1));
      assertEquals(1, first.version());
      assertEquals(second, book().current());
      assertEquals(first, book().find(1).orElseThrow());
      assertEquals(List.of(1, 2), book().versions());
    }

    @Test
    void refusesAFileThatWasDamagedAnywhere() throws IOException {
      book().save(read(ALL_KINDS), "Li", "start", Shop.NOW);
      Path file = directory.resolve("rules/rules-000001.json");
      byte[] good = Files.readAllBytes(file);
      for (int at = 0; at < good.length; at += 7) {
        if (Character.isWhitespace(good[at])) {
          continue;
        }
        byte[] bad = good.clone();
        bad[at] ^= 2;
        Files.write(file, bad);
        try {
          RuleVersion read = book().current();
          throw new AssertionError("accepted a change at " + at + ": " + read);
        } catch (IOException e) {
          assertTrue(String.valueOf(e.getMessage()).contains("rules-000001.json"), e.getMessage());
        }
      }
      Files.write(file, Arrays.copyOf(good, good.length / 2));
      assertEquals(
          file + " is damaged; put it back from a backup, or delete it to go on with no rules",
          assertThrows(IOException.class, () -> book().current()).getMessage());
    }

    @Test
    void refusesAFileOfANewerFormat() throws IOException {
      book().save(RuleSet.NONE, "", "", Shop.NOW);
      Path file = directory.resolve("rules/rules-000001.json");
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Files.writeString(file, text.replace("\"formatVersion\" : 1", "\"formatVersion\" : 9"));
      assertEquals(
          file + " has format version 9, this program reads up to 1; update the program",
          assertThrows(IOException.class, () -> book().current()).getMessage());
    }

    @Test
    void isNotHarmedByAWriteThatWasCutOff() throws IOException {
      book().save(read(ALL_KINDS), "Li", "start", Shop.NOW);
      Files.writeString(directory.resolve("rules/rules-000002.json.new"), "{\"formatV");
      assertEquals(1, book().current().version());
      assertEquals(2, book().save(RuleSet.NONE, "", "", Shop.NOW).version());
      assertEquals(2, book().current().version());
    }
  }
}
