package io.zhiyin.server.storefront;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// axe-core with all its rules, in the page itself: read once a document, where its builder reads
/// it for each look and asks for everything that was right as well.
public final class Axe {
  private static final String SOURCE = source();

  private Axe() {}

  private static String source() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("axe.min.js is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is serious or critical, each as the rule and the elements.
  public static List<String> seriousFindings(Page page) {
    if (!(boolean) page.evaluate("'axe' in window")) {
      page.evaluate(SOURCE);
    }
    Object found =
        page.evaluate(
            "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"
                + ".filter((v) => ['serious', 'critical'].includes(v.impact))"
                + ".map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)");
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }
}
