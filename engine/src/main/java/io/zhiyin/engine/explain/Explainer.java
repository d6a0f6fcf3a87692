package io.zhiyin.engine.explain;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.pipeline.Candidate;
import io.zhiyin.engine.pipeline.Evidence;
import io.zhiyin.engine.pipeline.Query;
import io.zhiyin.engine.profile.History;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the evidence behind an item into reasons: the kind of evidence that lifted it most first.
///
/// Nothing is made up: a reason is given only for evidence that the stages left on the candidate.
public final class Explainer {
  private static final int MAX_REASONS = 3;

  private final Query query;
  private @Nullable BitSet known;

  /// Of the lists of one query, for one thread.
  public Explainer(Query query) {
    this.query = query;
  }

  /// At least one reason and at most three, the strongest first.
  public static List<Reason> reasons(Query query, Candidate candidate) {
    return new Explainer(query).reasons(candidate);
  }

  /// At least one reason and at most three, the strongest first.
  public List<Reason> reasons(Candidate candidate) {
    List<Reason> reasons = new ArrayList<>(MAX_REASONS);
    for (Evidence evidence : strongest(candidate)) {
      Reason reason = reason(candidate, evidence);
      if (!reasons.contains(reason)) { // different evidence may say the same
        reasons.add(reason);
      }
    }
    return reasons.isEmpty() ? List.of(Reason.of(Reason.Kind.CATALOG)) : List.copyOf(reasons);
  }

  /// The few kinds of evidence that lifted it most, the largest lift first; ties in the order of
  /// the kinds, a lift that is no number last.
  private static List<Evidence> strongest(Candidate candidate) {
    List<Evidence> strongest = new ArrayList<>(MAX_REASONS + 1);
    for (Evidence evidence : Evidence.ALL) {
      if (speaks(candidate, evidence)) {
        int place = strongest.size();
        while (place > 0 && liftsMore(candidate, evidence, strongest.get(place - 1))) {
          place--;
        }
        strongest.add(place, evidence);
        if (strongest.size() > MAX_REASONS) {
          strongest.removeLast();
        }
      }
    }
    return strongest;
  }

  private static boolean liftsMore(Candidate candidate, Evidence evidence, Evidence other) {
    return Float.compare(-candidate.lift(evidence), -candidate.lift(other)) < 0;
  }

  private static boolean speaks(Candidate candidate, Evidence evidence) {
    float strength = candidate.evidence(evidence);
    return switch (evidence) {
      case SEQUENCE -> !Float.isNaN(strength) && candidate.lift(evidence) > 0;
      case RECENTLY_VIEWED -> strength > 0;
      case ITEM_TO_ITEM, BOUGHT_TOGETHER, CONTENT, POPULAR, TRENDING, NEW ->
          strength > 0 && (candidate.wasRetrievedBy(evidence) || candidate.lift(evidence) > 0);
    };
  }

  private Reason reason(Candidate candidate, Evidence evidence) {
    int speaker = candidate.because(evidence);
    return switch (evidence) {
      case SEQUENCE -> interest(candidate.item());
      case ITEM_TO_ITEM ->
          speaker < 0 ? Reason.of(Reason.Kind.RECENT_INTEREST) : after(query, speaker);
      case BOUGHT_TOGETHER ->
          speaker < 0
              ? Reason.of(Reason.Kind.RECENT_INTEREST)
              : naming(query.catalog(), Reason.Kind.TOGETHER, speaker);
      case CONTENT ->
          speaker < 0
              ? Reason.of(Reason.Kind.RECENT_INTEREST)
              : naming(query.catalog(), Reason.Kind.SIMILAR, speaker);
      case POPULAR -> popular(query.catalog(), candidate.item());
      case TRENDING -> Reason.of(Reason.Kind.TRENDING);
      case NEW -> Reason.of(Reason.Kind.NEW);
      case RECENTLY_VIEWED -> Reason.of(Reason.Kind.SEEN);
    };
  }

  private static Reason naming(Catalog catalog, Reason.Kind kind, int item) {
    Item document = catalog.at(item);
    ItemId id = catalog.vocabulary().idOf(item);
    return new Reason(kind, document == null ? id.value() : document.title(), id);
  }

  private static Reason after(Query query, int speaker) {
    Reason.Kind kind =
        speaker == query.pageItem()
            ? Reason.Kind.AFTER_PAGE
            : isIn(query.cart(), speaker)
                ? Reason.Kind.IN_CART
                : strongestDeed(query.profile().history(), speaker);
    return naming(query.catalog(), kind, speaker);
  }

  private static boolean isIn(int[] items, int item) {
    for (int one : items) {
      if (one == item) {
        return true;
      }
    }
    return false;
  }

  /// What the shopper did with the item that says most.
  private static Reason.Kind strongestDeed(History history, int item) {
    Reason.Kind strongest = Reason.Kind.VIEWED;
    for (int i = 0; i < history.size(); i++) {
      if (history.item(i) == item) {
        Reason.Kind kind = deed(history.kind(i));
        strongest = kind.compareTo(strongest) > 0 ? kind : strongest;
      }
    }
    return strongest;
  }

  private static Reason.Kind deed(EventKind kind) {
    return switch (kind) {
      case PURCHASE_COMPLETE -> Reason.Kind.BOUGHT;
      case ADD_TO_CART -> Reason.Kind.IN_CART;
      case ADD_TO_FAVORITES -> Reason.Kind.FAVORITED;
      default -> Reason.Kind.VIEWED;
    };
  }

  /// The deepest category that the item shares with what the shopper did.
  private Reason interest(int item) {
    Catalog catalog = query.catalog();
    Item document = catalog.at(item);
    if (document != null) {
      int[] path = document.categoryPath();
      for (int level = path.length - 1; level >= 0; level--) {
        if (known().get(path[level])) {
          return new Reason(Reason.Kind.INTEREST, lastLevel(catalog, path[level]), null);
        }
      }
    }
    return Reason.of(Reason.Kind.RECENT_INTEREST);
  }

  /// The categories of all that the shopper did, looked up once for all items of a list.
  private BitSet known() {
    BitSet nodes = known;
    if (nodes == null) {
      nodes = new BitSet();
      History history = query.profile().history();
      for (int i = 0; i < history.size(); i++) {
        Item seen = query.catalog().at(history.item(i));
        if (seen != null) {
          for (int node : seen.categoryPath()) {
            nodes.set(node);
          }
        }
      }
      known = nodes;
    }
    return nodes;
  }

  private static Reason popular(Catalog catalog, int item) {
    Item document = catalog.at(item);
    return document == null || document.category() < 0
        ? Reason.of(Reason.Kind.POPULAR)
        : new Reason(Reason.Kind.POPULAR_IN, lastLevel(catalog, document.category()), null);
  }

  private static String lastLevel(Catalog catalog, int node) {
    String path = catalog.categories().pathOf(node);
    int at = path.lastIndexOf(ItemFields.LEVEL);
    return at < 0 ? path : path.substring(at + ItemFields.LEVEL.length());
  }
}
