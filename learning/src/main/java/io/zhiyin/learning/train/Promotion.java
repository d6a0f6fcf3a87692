package io.zhiyin.learning.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a new model was put to use, or why not. Kept as `promotion.json` beside the model.
///
/// @param verdict what was decided
/// @param against id of the model in use at the time; null when there was none
/// @param comparison how both did on the newest choices; null when they were not compared
/// @param decidedAt RFC 3339
public record Promotion(
    Verdict verdict, @Nullable String against, @Nullable Comparison comparison, String decidedAt) {
  public static final String NAME = "promotion.json";
  private static final SealedJson FILE = new SealedJson("promotion", 1);

  /// What can be decided.
  public enum Verdict {
    /// There was no model in use.
    FIRST(true),
    /// It was asked for, whatever the figures.
    ASKED_FOR(true),
    /// The model in use could not be read.
    OTHER_UNREADABLE(true),
    NOT_WORSE(true),
    WORSE(false),
    /// Too few shoppers chose anything that neither model had learned.
    TOO_FEW(false),
    /// It was asked not to.
    HELD_BACK(false);

    private final boolean activates;

    Verdict(boolean activates) {
      this.activates = activates;
    }

    public boolean activates() {
      return activates;
    }

    /// As in `not-worse`.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Both models on the same choices, which neither had learned.
  ///
  /// @param candidate mean NDCG@10 over shoppers of the new model
  /// @param active the same of the model in use
  /// @param low lower end of the 95 % interval of `candidate - active` (paired bootstrap)
  /// @param high its upper end
  /// @param tolerance ε: not worse means `low >= -tolerance`
  public record Comparison(
      int shoppers,
      int choices,
      double candidate,
      double active,
      double low,
      double high,
      double tolerance) {
    /// @param activeId of the model in use
    Promotion promotion(String activeId, String decidedAt) {
      return new Promotion(
          low >= -tolerance ? Verdict.NOT_WORSE : Verdict.WORSE, activeId, this, decidedAt);
    }
  }

  public boolean activates() {
    return verdict.activates;
  }

  /// The reason as a sentence.
  public String english() {
    return switch (verdict) {
      case FIRST -> "In use: it is the first model.";
      case ASKED_FOR -> "In use: it was asked for without a comparison.";
      case OTHER_UNREADABLE -> "In use: the model before it, " + against + ", cannot be read.";
      case NOT_WORSE -> "In use: not worse than " + against + figures();
      case WORSE -> "Kept, not in use: it may be worse than " + against + figures();
      case TOO_FEW ->
          "Kept, not in use: too few shoppers chose anything since "
              + against
              + " was trained to compare the two. 'models activate' puts it to use.";
      case HELD_BACK -> "Kept, not in use, as asked.";
    };
  }

  /// The reason as a sentence.
  public String chinese() {
    return switch (verdict) {
      case FIRST -> "已启用：这是第一个模型。";
      case ASKED_FOR -> "已按要求启用，未作比较。";
      case OTHER_UNREADABLE -> "已启用：原模型 " + against + " 无法读取。";
      case NOT_WORSE -> "已启用：在最新行为上不逊于 " + against + "。";
      case WORSE -> "已保留，未启用：在最新行为上可能不如 " + against + "。";
      case TOO_FEW -> "已保留，未启用：" + against + " 训练之后的新行为太少，无法比较；可用 models activate 启用。";
      case HELD_BACK -> "已按要求保留，未启用。";
    };
  }

  private String figures() {
    Comparison c = comparison;
    return c == null
        ? "."
        : String.format(
            Locale.ROOT,
            " on the %,d newest choices of %,d shoppers: NDCG@10 %.4f against %.4f, 95 %% of the"
                + " difference %+.4f to %+.4f, tolerated %.4f.",
            c.choices,
            c.shoppers,
            c.candidate,
            c.active,
            c.low,
            c.high,
            -c.tolerance);
  }

  /// Writes the record into a model's directory.
  public void write(Path directory) throws IOException {
    ObjectNode node = SealedJson.object().put("verdict", verdict.wireName());
    node.put("decidedAt", decidedAt);
    if (against != null) {
      node.put("against", against);
    }
    if (comparison != null) {
      node.put("shoppers", comparison.shoppers).put("choices", comparison.choices);
      node.put("candidate", comparison.candidate).put("active", comparison.active);
      node.put("low", comparison.low).put("high", comparison.high);
      node.put("tolerance", comparison.tolerance);
    }
    FILE.write(directory.resolve(NAME), node);
  }

  /// The record in a model's directory; nothing for a model that was trained before there were any.
  ///
  /// @throws ModelException when it is damaged or newer
  public static Optional<Promotion> read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode node = FILE.read(file, "Delete it: the model works without.");
    for (Verdict verdict : Verdict.values()) {
      if (verdict.wireName().equals(node.path("verdict").asText())) {
        Comparison comparison =
            node.has("choices")
                ? new Comparison(
                    node.path("shoppers").asInt(),
                    node.path("choices").asInt(),
                    node.path("candidate").asDouble(),
                    node.path("active").asDouble(),
                    node.path("low").asDouble(),
                    node.path("high").asDouble(),
                    node.path("tolerance").asDouble())
                : null;
        return Optional.of(
            new Promotion(
                verdict,
                node.has("against") ? node.path("against").asText() : null,
                comparison,
                node.path("decidedAt").asText()));
      }
    }
    throw new ModelException(file + " names no known verdict. Delete it: the model works without.");
  }
}
