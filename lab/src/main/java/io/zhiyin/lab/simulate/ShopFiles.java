package io.zhiyin.lab.simulate;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The shop as files: `items.jsonl`, `events.jsonl` and a picture of every product.
public final class ShopFiles {
  private final SimulatedShop shop;

  public ShopFiles(SimulatedShop shop) {
    this.shop = shop;
  }

  public void writeItems(Path file) throws IOException {
    try (ShopJson json =
        new ShopJson(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      for (Product product : shop.products()) {
        json.item(product, shop.settings().language());
      }
    }
  }

  public void writeEvents(Path file, List<ShopEvent> events) throws IOException {
    EventIds ids = EventIds.ofHistory(shop.settings());
    try (ShopJson json =
        new ShopJson(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      for (ShopEvent event : events) {
        json.event(event, ids.next());
      }
    }
  }

  /// Writes `ITEM.svg` for each item into the folder.
  public void writePictures(Path folder) throws IOException {
    Files.createDirectories(folder);
    Pictures pictures = new Pictures(shop.settings().language());
    for (Product product : shop.products()) {
      Files.writeString(folder.resolve(product.itemId() + ".svg"), pictures.svg(product));
    }
  }
}
