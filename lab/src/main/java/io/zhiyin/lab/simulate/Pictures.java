package io.zhiyin.lab.simulate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Draws a product: the shape of its noun, painted in its colour with the pattern of its style. The
/// shapes stand in `shapes.svg`, where classes stand for paints.
///
/// What is written on it stands there in both languages: `p7.svg#en` and `p7.svg#zh` show one of
/// them, without a fragment it is the shop's. One file, fetched once.
final class Pictures {
  private static final Pattern SYMBOL =
      Pattern.compile("<symbol id=\"([^\"]+)\">(.*?)</symbol>", Pattern.DOTALL);
  private static final Pattern MAIN =
      Pattern.compile("<(path|rect|circle|ellipse) class=\"m\"([^>]*)/>");
  private static final Pattern LABEL =
      Pattern.compile("<text ([^>]*)font-size=\"([^\"]+)\"([^>]*)>\\{label}</text>");

  /// How wide a label may be, of the picture's 200, and how high where the shape leaves it open.
  private static final double LABEL_WIDTH = 66;

  private static final double LABEL_HEIGHT = 14;
  private static final double LEAST_LABEL = 6;

  private final Map<String, String> shapes = new HashMap<>();
  private final ShopLanguage language;

  Pictures(ShopLanguage language) {
    this.language = language;
    Matcher symbols = SYMBOL.matcher(resource());
    while (symbols.find()) {
      shapes.put(symbols.group(1), symbols.group(2));
    }
  }

  private static String resource() {
    try (InputStream in = Pictures.class.getResourceAsStream("shapes.svg")) {
      if (in == null) {
        throw new IllegalStateException("resource 'shapes.svg' is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String svg(Product product) {
    String shape = shapes.get(product.design().noun().shape());
    if (shape == null) {
      throw new IllegalStateException("no shape '" + product.design().noun().shape() + "'");
    }
    Paint paint =
        Paint.of(product.design().colour().hex(), product.design().style().id())
            .metal(product.design().spec().en());
    // what wears the pattern is drawn twice: once in colour, once in pattern
    String painted =
        MAIN.matcher(shape)
            .replaceAll("<$1 class=\"m\"$2/><$1 fill=\"url(#p)\" stroke=\"none\"$2/>");
    painted = painted.replace("<text class=\"w\"", "<text class=\"" + paint.labelClass() + "\"");
    for (Map.Entry<String, String> entry : paint.classes().entrySet()) {
      painted = painted.replace("class=\"" + entry.getKey() + "\"", entry.getValue());
    }
    painted =
        LABEL.matcher(painted).replaceAll(text -> Matcher.quoteReplacement(labels(text, product)));
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" font-family="'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif">
        <defs>%s</defs>
        <rect width="200" height="200" fill="url(#b)"/>%s<ellipse cx="100" cy="174" rx="62" ry="8" fill="#1b2430" opacity=".13"/>
        %s
        </svg>
        """
        .formatted(
            paint.definitions() + Ornament.pattern(product.design().pattern(), paint.patternInk()),
            Ornament.backdrop(product.design().style().id()),
            painted);
  }

  /// The label twice: the shop's language unless the picture's address asks for the other.
  private String labels(MatchResult text, Product product) {
    ShopLanguage other =
        language == ShopLanguage.CHINESE ? ShopLanguage.ENGLISH : ShopLanguage.CHINESE;
    String style =
        "<style>#%1$s{display:none}#%1$s:target{display:inline}#%1$s:target+text{display:none}</style>"
            .formatted(other.code());
    return style + label(text, product, other) + label(text, product, language);
  }

  private static String label(MatchResult text, Product product, ShopLanguage language) {
    String label = label(product, language);
    String drawn = text.group(2);
    double height = drawn.equals("{size}") ? LABEL_HEIGHT : Double.parseDouble(drawn);
    double width = label.codePoints().mapToDouble(c -> c > 0x2E80 ? 1 : 0.55).sum();
    double size = Math.clamp(LABEL_WIDTH / StrictMath.max(width, 1), LEAST_LABEL, height);
    return "<text id=\"%s\" %sfont-size=\"%s\"%s>%s</text>"
        .formatted(
            language.code(),
            text.group(1),
            Math.round(10 * size) / 10.0,
            text.group(3),
            escape(label));
  }

  /// A book wears its title, anything else its maker's name.
  private static String label(Product product, ShopLanguage language) {
    Product.Design design = product.design();
    if (!design.type().department().id().equals("books")) {
      return design.brand().name().in(language);
    }
    Phrase title = design.title();
    if (language == ShopLanguage.CHINESE) {
      return title.zh().substring(1, title.zh().indexOf('》'));
    }
    boolean byFeature = title.en().startsWith(design.feature().en());
    return byFeature ? design.feature().en() : design.spec().en();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
