package io.zhiyin.lab.bench;

import io.zhiyin.cluster.state.ReplayProgress;
import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.model.SequenceModel;
import io.zhiyin.engine.profile.History;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.train.ModelRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Item vectors of a trained model, and what it makes of shoppers' histories: how well a search by
/// rounded or linked vectors finds the best depends on how vectors lie, which random ones do not
/// show.
///
/// @param vectors `[n, size]`
/// @param queries some shoppers' vectors
record TrainedVectors(String name, int size, float[] vectors, List<float[]> queries) {
  private static final int QUERIES = 200;

  /// Relative length of the noise that tells a copy of an item from the item.
  private static final double NOISE = 0.3;

  /// Of the model in use in that data directory.
  ///
  /// @throws IllegalArgumentException when there is none
  static TrainedVectors of(Path directory) throws IOException {
    try (ShopStore store =
        ShopStore.open(directory, ShopId.DEFAULT, Clock.systemUTC(), ReplayProgress.SILENT)) {
      ModelRegistry registry = new ModelRegistry(store.directory().resolve("models"));
      SequenceModel model =
          registry
              .loadActive(store.catalog())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no model in use in " + directory + ": train one first"));
      ShopData data = ShopData.of("bench", store.catalog(), store.profiles());
      return of(model, data.histories());
    }
  }

  private static TrainedVectors of(SequenceModel model, List<History> histories) {
    int d = model.embeddingSize();
    List<float[]> rows = new ArrayList<>();
    for (int item = 0; item < model.itemBound(); item++) {
      model.vectorOf(item).ifPresent(rows::add);
    }
    float[] vectors = new float[rows.size() * d];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, vectors, row * d, d);
    }
    SplittableRandom random = new SplittableRandom(4);
    List<float[]> queries = new ArrayList<>();
    while (queries.size() < QUERIES) {
      model.encode(histories.get(random.nextInt(histories.size()))).ifPresent(queries::add);
    }
    return new TrainedVectors(model.id(), d, vectors, queries);
  }

  int rows() {
    return vectors.length / size;
  }

  /// As many items as wanted: those there are, then copies of random ones of them with noise.
  TrainedVectors grownTo(int rows) {
    int known = rows();
    float[] grown = new float[rows * size];
    System.arraycopy(vectors, 0, grown, 0, Math.min(known, rows) * size);
    SplittableRandom random = new SplittableRandom(5);
    for (int row = known; row < rows; row++) {
      int from = random.nextInt(known) * size;
      double square = 0;
      for (int i = 0; i < size; i++) {
        square += vectors[from + i] * vectors[from + i];
      }
      double noise = NOISE * Math.sqrt(square / size);
      for (int i = 0; i < size; i++) {
        grown[row * size + i] = (float) (vectors[from + i] + noise * random.nextGaussian());
      }
    }
    return new TrainedVectors(name, size, grown, queries);
  }
}
