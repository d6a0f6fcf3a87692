package io.zhiyin.server.storefront;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one browser of all tests of this process. To start it takes seconds, and its contexts share
/// nothing: each is a browser as it comes from the shelf. It ends with the process, whose thread
/// the tests run on.
final class Chromium {
  /// The headless shell is the same engine without the windows, menus and side panels of the desk,
  /// which a headless browser draws all the same, for nobody: half the processor's time of a test.
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/bin/chromium-headless-shell"), Path.of("/usr/bin/chromium"));

  private static @Nullable Browser browser;

  private Chromium() {}

  /// Leaves the test out by name where there is no Chromium.
  static void assumeThere() {
    assumeTrue(
        program().isPresent() || "true".equals(System.getenv("CI")),
        "needs one of " + PROGRAMS + " (apt-get install chromium-headless-shell)");
  }

  private static Optional<Path> program() {
    return PROGRAMS.stream().filter(Files::isExecutable).findFirst();
  }

  static Browser browser() {
    if (browser == null) {
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "close-chromium"));
      browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(program().orElse(PROGRAMS.getFirst()))
                      .setArgs(
                          List.of(
                              "--no-sandbox",
                              "--disable-gpu",
                              "--disable-quic",
                              "--no-first-run",
                              "--disable-background-networking",
                              "--disable-component-update",
                              "--disable-sync")));
    }
    return browser;
  }
}
