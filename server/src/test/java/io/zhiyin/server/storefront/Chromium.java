package io.zhiyin.server.storefront;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one browser of all tests of this process. To start it takes seconds, and its contexts share
/// nothing: each is a browser as it comes from the shelf. It ends with the process, whose thread
/// the tests run on.
final class Chromium {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  private static @Nullable Browser browser;

  private Chromium() {}

  /// Leaves the test out by name where there is no Chromium.
  static void assumeThere() {
    assumeTrue(
        Files.isExecutable(PROGRAM) || "true".equals(System.getenv("CI")),
        "needs " + PROGRAM + " (apt-get install chromium)");
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
                      .setExecutablePath(PROGRAM)
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
