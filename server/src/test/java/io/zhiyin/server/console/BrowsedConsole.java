package io.zhiyin.server.console;

import io.zhiyin.server.storefront.BrowsedShop;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// A test of the console's pages: one small shop for all tests of the class. Needs Chromium; is
/// left out by name where there is none.
abstract class BrowsedConsole {
  @TempDir static Path data;
  static BrowsedShop shop;

  @BeforeAll
  static void open() {
    shop = BrowsedShop.open(data);
  }

  @AfterAll
  static void close() {
    if (shop != null) {
      shop.close();
      shop = null;
    }
  }
}
