package io.zhiyin.lab.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhiyin.lab.simulate.SimulatedShop.ShopSettings;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class CatalogueTest {
  private static final SimulatedShop DEMO =
      SimulatedShop.open(ShopSettings.demo(7, Small.NOW, ShopLanguage.CHINESE));

  @Nested
  class TheDemoCatalogue {
    @Test
    void hasAtLeast2000ProductsInAtLeast12Departments() {
      assertTrue(DEMO.productCount() >= 2_000, () -> DEMO.productCount() + " products");
      Set<String> departments =
          DEMO.types().stream().map(type -> type.department().id()).collect(Collectors.toSet());
      assertTrue(departments.size() >= 12, departments::toString);
    }

    @Test
    void hasNoTitleTwiceInEitherLanguage() {
      Set<String> chinese = new HashSet<>();
      Set<String> english = new HashSet<>();
      for (Product product : DEMO.products()) {
        Phrase title = product.design().title();
        assertTrue(chinese.add(title.zh()), title::zh);
        assertTrue(english.add(title.en()), title::en);
      }
    }

    @Test
    void leavesNoGapInATitle() {
      for (Product product : DEMO.products()) {
        Phrase title = product.design().title();
        assertFalse((title.en() + title.zh()).contains("{"), title::toString);
        assertTrue(title.zh().codePoints().anyMatch(c -> c >= 0x4E00), title::zh);
        assertTrue(title.en().codePoints().noneMatch(c -> c >= 0x4E00), title::en);
      }
    }

    @Test
    void keepsPricesWithinThoseOfTheType() {
      for (Product product : DEMO.products()) {
        double high = product.type().price().high();
        assertTrue(
            product.price() >= product.type().price().low() * 0.85 && product.price() <= high + 99,
            () -> product.design().title().en() + " at " + product.price());
      }
    }

    @Test
    void hasSomeSoldOutAndSomeThatCameThisWeek() {
      long soldOut = DEMO.products().stream().filter(product -> product.stock() == 0).count();
      long arrived =
          DEMO.products().stream()
              .filter(product -> product.publishTime().isAfter(Small.NOW.minusSeconds(7 * 86_400)))
              .count();
      assertTrue(soldOut > 20 && soldOut < 200, () -> soldOut + " sold out");
      assertTrue(arrived > 20 && arrived < 200, () -> arrived + " new");
    }
  }

  @Nested
  class ItsPictures {
    private final Pictures pictures = new Pictures(ShopLanguage.CHINESE);

    @Test
    void areWellFormedAndLeaveNoPaintUnmixed() throws Exception {
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      for (Product product : DEMO.products()) {
        String svg = pictures.svg(product);
        assertFalse(svg.matches("(?s).*(class=\"|\\{(label|size)).*"), svg);
        assertEquals(
            "svg",
            builder
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement()
                .getTagName());
      }
    }

    @Test
    void wearTheirMakersNameInBothLanguages() {
      Product phoneCase = DEMO.products(DEMO.type("phone-case")).getFirst();
      Phrase maker = phoneCase.design().brand().name();
      String svg = pictures.svg(phoneCase);
      assertTrue(svg.matches("(?s).*<text id=\"en\"[^>]*>" + maker.en() + "</text>.*"), svg);
      assertTrue(svg.matches("(?s).*<text id=\"zh\"[^>]*>" + maker.zh() + "</text>.*"), svg);
    }

    @Test
    void differByTypeAndByColour() {
      List<Product> mugs = DEMO.products(DEMO.type("mug"));
      Set<String> drawn = mugs.stream().map(pictures::svg).collect(Collectors.toSet());
      assertTrue(drawn.size() > mugs.size() * 2 / 3, () -> drawn.size() + " of " + mugs.size());
      assertNotEquals(
          pictures.svg(mugs.getFirst()),
          pictures.svg(DEMO.products(DEMO.type("phone")).getFirst()));
    }
  }
}
