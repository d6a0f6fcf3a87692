package io.zhiyin.lab.simulate;

/// Patterns on things, and what hangs behind them.
final class Ornament {
  private Ornament() {}

  /// The `pattern` element with id `p`; empty-handed for what is plain.
  static String pattern(String name, String ink) {
    return switch (name) {
      case "hairline" ->
          tile(14, "<path d=\"M0 7h14\" stroke=\"%s\" stroke-width=\"1\" opacity=\".4\"/>", ink);
      case "stripes" ->
          tile(16, "<path d=\"M4 0v16\" stroke=\"%s\" stroke-width=\"5\" opacity=\".3\"/>", ink);
      case "checks" ->
          tile(
              20,
              "<path d=\"M5 0v20M0 5h20\" stroke=\"%s\" stroke-width=\"6\" opacity=\".24\"/>",
              ink);
      case "bands" ->
          tile(
              34,
              "<path d=\"M-6 40L40 -6M11 57L57 11M-23 23L23 -23\" stroke=\"%s\" stroke-width=\"7\" opacity=\".26\"/>",
              ink);
      case "chevron" ->
          tile(
              20,
              "<path d=\"M0 14l10 -8 10 8\" fill=\"none\" stroke=\"%s\" stroke-width=\"3.5\" opacity=\".32\"/>",
              ink);
      case "dots" ->
          tile(
              18,
              "<g fill=\"%s\" opacity=\".42\"><circle cx=\"5\" cy=\"5\" r=\"3\"/><circle cx=\"14\" cy=\"14\" r=\"3\"/></g>",
              ink);
      case "stars" ->
          tile(
              24,
              "<path d=\"M12 4l2.200 5 5.400 .5 -4.100 3.600 1.200 5.300 -4.700 -2.800 -4.700 2.800 1.200 -5.300 -4.100 -3.600 5.400 -.5z\" fill=\"%s\" opacity=\".42\"/>",
              ink);
      case "confetti" ->
          tile(
              24,
              "<g stroke=\"%s\" stroke-width=\"2.500\" stroke-linecap=\"round\" opacity=\".45\"><path d=\"M4 5l4 3M16 4l-2 5M6 17l1 4M17 16l5 -1\"/></g>",
              ink);
      case "diamonds" ->
          tile(
              18,
              "<path d=\"M9 1l8 8 -8 8 -8 -8z\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.300\" opacity=\".42\"/>",
              ink);
      case "waves" ->
          tile(
              24,
              "<path d=\"M0 8q6 -7 12 0t12 0M0 20q6 -7 12 0t12 0\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.200\" opacity=\".34\"/>",
              ink);
      case "leaves" ->
          tile(
              26,
              "<path d=\"M6 12q0 -9 9 -9 0 9 -9 9zM16 24q0 -8 8 -8 0 8 -8 8z\" fill=\"%s\" opacity=\".34\"/>",
              ink);
      default -> tile(10, "<path d=\"\" fill=\"%s\"/>", ink);
    };
  }

  private static String tile(int size, String content, String ink) {
    return "<pattern id=\"p\" width=\"%d\" height=\"%d\" patternUnits=\"userSpaceOnUse\">"
            .formatted(size, size)
        + content.formatted(ink)
        + "</pattern>";
  }

  static String backdrop(String style) {
    return switch (style) {
      case "minimal" -> "<circle cx=\"100\" cy=\"100\" r=\"76\" fill=\"#fff\" opacity=\".7\"/>";
      case "classic" ->
          "<rect x=\"22\" y=\"22\" width=\"156\" height=\"156\" rx=\"10\" fill=\"#fff\" opacity=\".5\"/>";
      case "sporty" -> "<path d=\"M-10 150L150 -10h44L-10 194z\" fill=\"#fff\" opacity=\".55\"/>";
      case "playful" ->
          "<g fill=\"#fff\" opacity=\".75\"><circle cx=\"100\" cy=\"104\" r=\"70\"/><circle cx=\"24\" cy=\"32\" r=\"13\"/><circle cx=\"178\" cy=\"46\" r=\"9\"/><circle cx=\"180\" cy=\"176\" r=\"14\"/></g>";
      case "luxe" -> "<path d=\"M100 10l90 90 -90 90 -90 -90z\" fill=\"#fff\" opacity=\".55\"/>";
      default ->
          "<path d=\"M0 128q50 -36 100 -10t100 -16v98h-200z\" fill=\"#fff\" opacity=\".6\"/>";
    };
  }
}
