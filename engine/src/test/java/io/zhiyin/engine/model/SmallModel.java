package io.zhiyin.engine.model;

import io.zhiyin.kernel.nn.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files of a GRU4Rec of one item, d = 2, for tests of how models are read.
final class SmallModel {
  private SmallModel() {}

  /// Writes all but the card.
  ///
  /// @param items the text of `items.txt`
  static void write(Path directory, String items) throws IOException {
    new Safetensors()
        .put("item.weight", new float[2], 1, 2)
        .put("blocks.0.input.weight", new float[12], 6, 2)
        .put("blocks.0.input.bias", new float[6], 6)
        .put("blocks.0.state.weight", new float[12], 6, 2)
        .put("blocks.0.state.bias", new float[6], 6)
        .put("out.weight", new float[4], 2, 2)
        .put("out.bias", new float[2], 2)
        .put("norm.weight", new float[2], 2)
        .put("norm.bias", new float[2], 2)
        .write(directory.resolve("weights.safetensors"));
    Files.writeString(directory.resolve("items.txt"), items);
  }
}
