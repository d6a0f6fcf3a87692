package io.zhiyin.learning.train;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.zhiyin.kernel.tree.TreeEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// Learns boosted trees with [LightGBM](https://papers.nips.cc/paper/6907) for a yes-or-no answer,
/// and hands them over as arrays, so that serving needs no native library. The same rows and seed
/// give the same trees.
final class BoostedTrees {
  private static final System.Logger LOG = System.getLogger(BoostedTrees.class.getName());

  /// Kept, or else its level is forgotten.
  private static final Logger LOADING = Logger.getLogger("io.github.metarank.lightgbm4j");

  private static final boolean AVAILABLE = load();

  private BoostedTrees() {}

  /// Whether trees can be learned on this machine; a log line says why not.
  static boolean isAvailable() {
    return AVAILABLE;
  }

  /// The wrapper unpacks its native library under a fixed name into the common folder for temporary
  /// files, over the one that another process may be running. So it is shown a folder of our own.
  private static boolean load() {
    LOADING.setLevel(Level.WARNING);
    String common = System.getProperty("java.io.tmpdir");
    try {
      Path own = Files.createTempDirectory("zhiyin-lightgbm-");
      System.setProperty("java.io.tmpdir", own.toString());
      LGBMBooster.loadNative();
      remove(own);
      return true;
    } catch (IOException | LinkageError e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Lists are ranked by the blend alone: LightGBM's native library does not load ({0}). It needs libgomp (on Debian: apt install libgomp1) and some space in {1}.",
          e.getMessage(),
          common);
      return false;
    } finally {
      System.setProperty("java.io.tmpdir", common);
    }
  }

  /// A loaded library stays loaded without its file, so that a process that is killed leaves none
  /// behind; where the system keeps a file that is in use, it goes when the process ends.
  private static void remove(Path directory) throws IOException {
    List<Path> all = new ArrayList<>(files(directory));
    all.add(directory);
    for (Path path : all) {
      try {
        Files.delete(path);
      } catch (IOException e) {
        path.toFile().deleteOnExit();
      }
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  /// @param rows `[n, width]`, row-major, finite
  /// @param answers 1 for yes, 0 for no
  /// @param weights how much each row counts
  record Rows(float[] rows, int width, float[] answers, float[] weights) {
    int size() {
      return answers.length;
    }
  }

  /// @param trees of which the sum is the log-odds of yes
  /// @param gains how much each feature helped, summed over all splits
  record Learned(TreeEnsemble trees, double[] gains) {}

  static Learned learn(Rows rows, int trees, long seed, int threads) {
    String data = "max_bin=255 use_missing=false verbosity=-1 num_threads=" + threads;
    String how =
        data
            + " objective=binary learning_rate=0.05 num_leaves=15 lambda_l2=10 feature_fraction=0.5"
            + " bagging_fraction=0.8 bagging_freq=1 deterministic=true force_row_wise=true"
            + " min_data_in_leaf="
            + Math.clamp(rows.size() / 1_000, 10, 100)
            + " seed="
            + Math.floorMod(seed, 1 << 30);
    try (LGBMDataset set =
        LGBMDataset.createFromMat(rows.rows, rows.size(), rows.width, true, data, null)) {
      set.setField("label", rows.answers);
      set.setField("weight", rows.weights);
      try (LGBMBooster booster = LGBMBooster.create(set, how)) {
        boolean done = false;
        for (int i = 0; i < trees && !done; i++) {
          done = booster.updateOneIter();
        }
        return new Learned(
            parse(booster.saveModelToString(0, 0, FeatureImportanceType.GAIN)),
            booster.featureImportance(0, FeatureImportanceType.GAIN));
      }
    } catch (LGBMException e) {
      throw new IllegalStateException("the ranker's trees could not be learned", e);
    }
  }

  /// Reads LightGBM's text: blocks that start with `Tree=` of lines `name=values`.
  static TreeEnsemble parse(String text) {
    Nodes nodes = new Nodes();
    Map<String, String> block = new HashMap<>();
    boolean inTree = false;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("Tree=") || line.startsWith("end of trees")) {
        if (inTree) {
          nodes.add(block);
        }
        block.clear();
        inTree = line.startsWith("Tree=");
      } else if (inTree && line.indexOf('=') > 0) {
        block.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
    return nodes.ensemble();
  }

  /// The trees one after the other.
  private static final class Nodes {
    private final List<Integer> roots = new ArrayList<>();
    private final List<Integer> features = new ArrayList<>();
    private final List<Float> thresholds = new ArrayList<>();
    private final List<Integer> left = new ArrayList<>();
    private final List<Integer> right = new ArrayList<>();
    private final List<Float> leaves = new ArrayList<>();

    void add(Map<String, String> tree) {
      int node = features.size();
      int leaf = leaves.size();
      double[] splits = numbers(tree, "split_feature");
      double[] bounds = numbers(tree, "threshold");
      double[] lefts = numbers(tree, "left_child");
      double[] rights = numbers(tree, "right_child");
      roots.add(splits.length == 0 ? ~leaf : node);
      for (int i = 0; i < splits.length; i++) {
        features.add((int) splits[i]);
        thresholds.add(atMost(bounds[i]));
        left.add(moved((int) lefts[i], node, leaf));
        right.add(moved((int) rights[i], node, leaf));
      }
      for (double value : numbers(tree, "leaf_value")) {
        leaves.add((float) value);
      }
    }

    private static int moved(int child, int node, int leaf) {
      return child >= 0 ? child + node : ~(~child + leaf);
    }

    /// The largest float that is not above the bound: floats compare with it as with the bound.
    private static float atMost(double bound) {
      float near = (float) bound;
      return near > bound ? Math.nextDown(near) : near;
    }

    private static double[] numbers(Map<String, String> tree, String name) {
      String values = tree.getOrDefault(name, "").strip();
      return values.isEmpty()
          ? new double[0]
          : Arrays.stream(values.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    }

    TreeEnsemble ensemble() {
      return new TreeEnsemble(
          ints(roots), ints(features), floats(thresholds), ints(left), ints(right), floats(leaves));
    }

    private static int[] ints(List<Integer> values) {
      return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static float[] floats(List<Float> values) {
      float[] array = new float[values.size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = values.get(i);
      }
      return array;
    }
  }
}
