package io.zhiyin.learning.train;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.ItemSlots;
import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.pipeline.CandidateSource;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.ItemCondition;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.learning.dataset.Case;
import io.zhiyin.learning.train.PastDropout.Played;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers the evidence of a case as a request would: each source proposes its best items, then
/// each measures what all proposed.
///
/// @param sources at most one for each kind of evidence
/// @param limit how many items each source proposes
public record Evidences(Catalog catalog, List<CandidateSource> sources, int limit) {

  /// Candidates with the strength of all evidence for each.
  ///
  /// @param items catalogue indices
  /// @param strengths by ordinal of [Evidence], one strength an item, NaN where absent; null for a
  ///   kind without a source
  /// @param own whether the item is in the shopper's own history
  /// @param asNew whether the item was taken for new: its past counts for nothing
  /// @param target position of the right answer in `items`, or -1 when no source proposed it
  public record Pool(
      int[] items, float[] @Nullable [] strengths, boolean[] own, boolean[] asNew, int target) {

    /// The strengths with the shopper's own items taken out (absent).
    public float[] @Nullable [] withoutOwn() {
      float[] @Nullable [] masked = new float[strengths.length][];
      for (int e = 0; e < strengths.length; e++) {
        float[] row = strengths[e];
        if (row != null) {
          float[] kept = row.clone();
          for (int i = 0; i < items.length; i++) {
            if (own[i]) {
              kept[i] = Float.NaN;
            }
          }
          masked[e] = kept;
        }
      }
      return masked;
    }
  }

  /// The pool of a case: what the sources propose beside the shopper's own items, and these.
  public Pool of(Case question) {
    return of(question, Played.NONE);
  }

  /// The same where some items are taken for new.
  Pool of(Case question, Played played) {
    Query query = query(question);
    BitSet own = new BitSet();
    History history = question.before();
    for (int i = 0; i < history.size(); i++) {
      if (history.item(i) >= 0) {
        own.set(history.item(i));
      }
    }
    BitSet proposed = (BitSet) own.clone();
    for (CandidateSource source : sources) {
      if (source.evidence() != Evidence.RECENTLY_VIEWED && source.evidence() != Evidence.NEW) {
        propose(source, query, own, played, proposed);
      }
    }
    int[] items = proposed.stream().toArray();
    float[] @Nullable [] strengths = new float[Evidence.COUNT][];
    for (CandidateSource source : sources) {
      float[] measured = source.measure(query, items);
      forget(source.evidence(), items, played, measured);
      strengths[source.evidence().ordinal()] = measured;
    }
    boolean[] isOwn = new boolean[items.length];
    boolean[] asNew = new boolean[items.length];
    for (int i = 0; i < items.length; i++) {
      isOwn[i] = own.get(items[i]);
      asNew[i] = played.holds(items[i]);
    }
    int target = Arrays.binarySearch(items, question.target());
    return new Pool(items, strengths, isOwn, asNew, Math.max(-1, target));
  }

  /// Adds what a source proposes; of items taken for new only what content brings up.
  private void propose(
      CandidateSource source, Query query, BitSet own, Played played, BitSet proposed) {
    source.retrieve(
        query,
        limit,
        (item, _) -> {
          if (own.get(item) || (!outlivesPast(source.evidence()) && played.holds(item))) {
            return false;
          }
          proposed.set(item);
          return true;
        });
  }

  private static boolean outlivesPast(Evidence evidence) {
    return evidence == Evidence.CONTENT || evidence == Evidence.NEW;
  }

  private static void forget(Evidence evidence, int[] items, Played played, float[] measured) {
    if (outlivesPast(evidence)) {
      return;
    }
    for (int i = 0; i < items.length; i++) {
      measured[i] = played.holds(items[i]) ? Float.NaN : measured[i];
    }
  }

  /// The case as a request.
  public Query query(Case question) {
    Shopper shopper = new Shopper.User(new UserId("user-" + question.user()));
    Profile unknown = Profile.unknown(shopper);
    Profile profile =
        new Profile(
            shopper,
            question.before(),
            unknown.pageViews(),
            unknown.eventCounts(),
            unknown.visitors(),
            unknown.lastSeenMillis());
    return new Query(
        ShopId.DEFAULT,
        "next-item",
        profile,
        catalog,
        Vocabulary.UNKNOWN,
        new int[0],
        10,
        new ItemSlots(0),
        ItemCondition.ANY,
        Instant.ofEpochMilli(question.timeMillis()),
        false);
  }
}
