package io.zhiyin.lab.simulate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Draws a product: the shape of its noun, painted in its colour with the pattern of its style. The
/// shapes stand in `shapes.svg`, where classes stand for paints.
final class Pictures {
  private static final Pattern SYMBOL =
      Pattern.compile("<symbol id=\"([^\"]+)\">(.*?)</symbol>", Pattern.DOTALL);
  private static final Pattern MAIN =
      Pattern.compile("<(path|rect|circle|ellipse) class=\"m\"([^>]*)/>");
  private static final Pattern LABEL = Pattern.compile("\\{label\\}");

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
    String label = label(product);
    painted =
        LABEL
            .matcher(painted)
            .replaceAll(Matcher.quoteReplacement(escape(label)))
            .replace("{size}", String.valueOf(labelSize(label)));
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

  /// A book wears its title, anything else its maker's name.
  private String label(Product product) {
    Product.Design design = product.design();
    if (!design.type().department().id().equals("books")) {
      return design.brand().name().zh();
    }
    Phrase title = design.title();
    if (language == ShopLanguage.CHINESE) {
      return title.zh().substring(1, title.zh().indexOf('》'));
    }
    boolean byFeature = title.en().startsWith(design.feature().en());
    return byFeature ? design.feature().en() : design.spec().en();
  }

  private static int labelSize(String label) {
    double width = label.codePoints().mapToDouble(c -> c > 0x2E80 ? 1 : 0.55).sum();
    return (int) Math.clamp(60 / StrictMath.max(width, 1), 6.0, 14.0);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
