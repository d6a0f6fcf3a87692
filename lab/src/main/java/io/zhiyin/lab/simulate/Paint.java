package io.zhiyin.lab.simulate;

import java.util.LinkedHashMap;
import java.util.Map;

/// The colours of one picture, mixed from the product's own.
///
/// @param main the product's colour, as `#rrggbb`
/// @param accent a small contrast that fits the style
record Paint(String main, String accent, String backdropTop, String backdropBottom) {

  static Paint of(String main, String style) {
    return switch (style) {
      case "minimal" -> new Paint(main, "#e2b65a", "#fafbfc", "#e4e8ec");
      case "classic" -> new Paint(main, "#c9973f", "#fbf6ec", "#ecdfca");
      case "sporty" -> new Paint(main, "#ffc93c", "#f0f8fd", "#cfe4f4");
      case "playful" -> new Paint(main, "#ff7f6e", "#fff8f1", "#ffe1e4");
      case "luxe" -> new Paint(main, "#dcb45c", "#f7f3fb", "#ddd2ea");
      default -> new Paint(main, "#d99a4e", "#f7faf1", "#dce7cf");
    };
  }

  /// The same with the metal that the specification names, where it names one.
  Paint metal(String spec) {
    if (spec.contains("Silver")) {
      return new Paint(main, "#b9c2cc", backdropTop, backdropBottom);
    }
    if (spec.contains("Rose-Gold")) {
      return new Paint(main, "#e0a08a", backdropTop, backdropBottom);
    }
    return spec.contains("Gold") ? new Paint(main, "#dcb45c", backdropTop, backdropBottom) : this;
  }

  /// White letters would not show on pale things.
  String labelClass() {
    return isPale() ? "k" : "w";
  }

  /// Attributes for each class of `shapes.svg`.
  Map<String, String> classes() {
    String dark = isDark() ? lighter(main, 0.2) : darker(main, 0.27);
    String light = lighter(main, 0.55);
    String ink = isDark() ? "#12151b" : "#2b2f38";
    Map<String, String> classes = new LinkedHashMap<>();
    classes.put(
        "m",
        "fill=\"url(#m)\""
            + (isPale() ? " stroke=\"" + darker(main, 0.2) + "\" stroke-width=\"1.2\"" : ""));
    classes.put("d", fill(dark));
    classes.put("l", fill(light));
    classes.put("a", fill(accent));
    classes.put("k", fill(ink));
    classes.put("w", fill("#ffffff"));
    classes.put("g", fill("url(#g)"));
    classes.put("sm", stroke(main));
    classes.put("sd", stroke(dark));
    classes.put("sl", stroke(light));
    classes.put("sa", stroke(accent));
    classes.put("sk", stroke(ink));
    classes.put("sw", stroke("#ffffff"));
    return classes;
  }

  String definitions() {
    return gradient("b", "0 0 0 1", backdropTop, backdropBottom)
        + gradient("m", "0 0 1 1", lighter(main, 0.24), isDark() ? main : darker(main, 0.13))
        + gradient("g", "0 0 1 1", "#7c8cf8", "#f29ec4");
  }

  /// A pattern shows as a shadow on pale things, as light on others.
  String patternInk() {
    return isPale() ? darker(main, 0.35) : "#ffffff";
  }

  private boolean isDark() {
    return luminance() < 0.22;
  }

  private boolean isPale() {
    return luminance() > 0.72;
  }

  private double luminance() {
    return (0.299 * channel(main, 0) + 0.587 * channel(main, 1) + 0.114 * channel(main, 2)) / 255;
  }

  private static String gradient(String id, String line, String from, String to) {
    String[] ends = line.split(" ", -1);
    return """
        <linearGradient id="%s" x1="%s" y1="%s" x2="%s" y2="%s"><stop offset="0" stop-color="%s"/><stop offset="1" stop-color="%s"/></linearGradient>"""
        .formatted(id, ends[0], ends[1], ends[2], ends[3], from, to);
  }

  private static String fill(String colour) {
    return "fill=\"" + colour + "\"";
  }

  private static String stroke(String colour) {
    return "fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\" stroke=\""
        + colour
        + "\"";
  }

  private static String lighter(String hex, double share) {
    return mixed(hex, 255, share);
  }

  private static String darker(String hex, double share) {
    return mixed(hex, 0, share);
  }

  private static String mixed(String hex, int with, double share) {
    StringBuilder mixed = new StringBuilder("#");
    for (int i = 0; i < 3; i++) {
      int value = (int) StrictMath.round(channel(hex, i) * (1 - share) + with * share);
      mixed.append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
    }
    return mixed.toString();
  }

  private static int channel(String hex, int index) {
    return Integer.parseInt(hex, 1 + 2 * index, 3 + 2 * index, 16);
  }
}
