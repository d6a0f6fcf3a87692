package io.zhiyin.server.console;

import io.zhiyin.server.storefront.Page;
import io.zhiyin.server.storefront.WebFiles;
import java.util.Map;
import java.util.Optional;

/// The console's files: one page, style sheets and modules that lie beside this class, and the
/// charts' library from its WebJar.
public final class ConsolePages {
  /// Lines, bars, scatters and their tooltips; the smallest build of Apache ECharts that has them.
  private static final String CHARTS =
      "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.common.min.js";

  private final WebFiles files = new WebFiles(ConsolePages.class, Map.of("echarts.js", CHARTS));

  /// The file of that name, or nothing.
  public Optional<Page> file(String name) {
    return files.file(name);
  }
}
