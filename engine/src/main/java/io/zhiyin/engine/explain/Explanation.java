package io.zhiyin.engine.explain;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.pipeline.RuleEffect;
import io.zhiyin.engine.pipeline.Slate;
import io.zhiyin.engine.pipeline.Trace;
import io.zhiyin.engine.profile.Shopper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is kept of one answer: the list with its reasons, and of every other item what became of
/// it.
public final class Explanation {
  private final Slate slate;
  private final Shopper shopper;
  private final Instant time;
  private final List<List<Reason>> reasons;
  private final Fates fates;
  private final Map<String, Long> stageNanos;
  private final List<RuleEffect> effects;
  private final List<String> shortfalls;

  Explanation(
      Slate slate,
      Shopper shopper,
      Instant time,
      List<List<Reason>> reasons,
      Fates fates,
      Map<String, Long> stageNanos,
      List<RuleEffect> effects,
      List<String> shortfalls) {
    this.slate = slate;
    this.shopper = shopper;
    this.time = time;
    this.reasons = reasons;
    this.fates = fates;
    this.stageNanos = stageNanos;
    this.effects = effects;
    this.shortfalls = shortfalls;
  }

  /// What there is to keep of an answer, with the reasons as they are in this moment.
  static Explanation of(Query query, Slate slate, Trace trace) {
    Explainer explainer = new Explainer(query);
    return new Explanation(
        slate,
        query.profile().shopper(),
        query.now(),
        slate.items().stream().map(entry -> explainer.reasons(entry.candidate())).toList(),
        Fates.of(trace),
        trace.stageNanos(),
        trace.effects(),
        trace.shortfalls());
  }

  public Slate slate() {
    return slate;
  }

  public Shopper shopper() {
    return shopper;
  }

  /// The moment of the request.
  public Instant time() {
    return time;
  }

  /// The reasons for each item of the slate, in its order.
  public List<List<Reason>> reasons() {
    return reasons;
  }

  /// Nanoseconds by stage, in the order of their run.
  public Map<String, Long> stageNanos() {
    return stageNanos;
  }

  /// What rules did to the item, in the order of their doing.
  public List<RuleEffect> effects(int item) {
    return effects.stream().filter(effect -> effect.item() == item).toList();
  }

  /// Rules that could not be met in full, such as `gifts: 2 of 3`.
  public List<String> shortfalls() {
    return shortfalls;
  }

  /// The place of the item by score, counted from 1, before anything was moved; 0 when it was not
  /// scored.
  public int rank(int item) {
    return fates.rankOf(item);
  }

  /// What became of an item.
  ///
  /// @param catalog of the shop, as it is now
  public WhyNot whyNot(ItemId itemId, Catalog catalog) {
    Optional<Slate.Entry> shown =
        slate.items().stream().filter(entry -> entry.itemId().equals(itemId)).findFirst();
    if (shown.isPresent()) {
      return new WhyNot.Shown(shown.get().position());
    }
    int item = catalog.vocabulary().indexOf(itemId);
    if (item < 0) {
      return new WhyNot.Unknown();
    }
    Optional<String> filter = fates.filterOf(item);
    if (filter.isPresent()) {
      return new WhyNot.Filtered(filter.get());
    }
    Optional<RuleEffect> held =
        effects(item).stream().filter(effect -> effect.to() == 0).reduce((_, last) -> last);
    if (held.isPresent()) {
      return new WhyNot.HeldBack(held.get());
    }
    int rank = fates.rankOf(item);
    if (rank > 0) {
      return outranked(rank);
    }
    return catalog.at(item) == null && catalog.version() > 0
        ? new WhyNot.NotInCatalog()
        : new WhyNot.NotRetrieved();
  }

  private WhyNot outranked(int rank) {
    double lowest =
        slate.items().stream().mapToDouble(Slate.Entry::score).min().orElse(fates.scoreAt(rank));
    double behind = lowest - fates.scoreAt(rank);
    return rank <= slate.items().size() || behind < 0
        ? new WhyNot.MovedForVariety(rank)
        : new WhyNot.Outranked(rank, behind);
  }

  Fates fates() {
    return fates;
  }

  List<RuleEffect> effects() {
    return effects;
  }
}
