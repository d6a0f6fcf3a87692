package io.zhiyin.engine.rule;

import io.zhiyin.engine.event.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/// What a rule does with the items that match it.
public sealed interface Action {
  /// The name in JSON, such as `boost`.
  String type();

  /// Only items that match are shown.
  record Filter() implements Action {
    @Override
    public String type() {
      return "filter";
    }
  }

  /// Items that match are not shown.
  record Exclude() implements Action {
    @Override
    public String type() {
      return "exclude";
    }
  }

  /// Items that match count as `factor` times as relevant.
  ///
  /// @param factor above 1, up to [#MAX_FACTOR]
  record Boost(double factor) implements Action {
    public static final double MAX_FACTOR = 100;

    /// @throws InvalidFieldException when the factor is out of range
    public Boost {
      if (!(factor > 1 && factor <= MAX_FACTOR)) {
        throw new InvalidFieldException("factor", factor, "must be above 1 and at most 100");
      }
    }

    @Override
    public String type() {
      return "boost";
    }
  }

  /// Items that match count as `factor` times as relevant, which is less.
  ///
  /// @param factor from 0.01 to below 1
  record Bury(double factor) implements Action {
    /// @throws InvalidFieldException when the factor is out of range
    public Bury {
      if (!(factor >= 1 / Boost.MAX_FACTOR && factor < 1)) {
        throw new InvalidFieldException("factor", factor, "must be at least 0.01 and below 1");
      }
    }

    @Override
    public String type() {
      return "bury";
    }
  }

  /// Items that match stand at a position, and at those after it.
  ///
  /// @param position counted from 1, at most 200
  /// @param count how many places are taken, 1 to 20
  record Pin(int position, int count) implements Action {
    /// @throws InvalidFieldException when a number is out of range
    public Pin {
      if (position < 1 || position > 200) {
        throw new InvalidFieldException("position", position, "must be between 1 and 200");
      }
      if (count < 1 || count > 20) {
        throw new InvalidFieldException("count", count, "must be between 1 and 20");
      }
    }

    @Override
    public String type() {
      return "pin";
    }
  }

  /// At least so many of the list match.
  ///
  /// @param atLeast 1 to 200
  record Quota(int atLeast) implements Action {
    /// @throws InvalidFieldException when the number is out of range
    public Quota {
      if (atLeast < 1 || atLeast > 200) {
        throw new InvalidFieldException("atLeast", atLeast, "must be between 1 and 200");
      }
    }

    @Override
    public String type() {
      return "quota";
    }
  }

  /// At most so many of the list match: of all of them together or, with `per`, of each group.
  ///
  /// @param atMost 0 to 200; null where a share is given
  /// @param share of the list that is asked for, above 0 and below 1, rounded down but never to
  ///   less than one item; null where a number is given
  record Cap(@Nullable Integer atMost, @Nullable Double share, @Nullable Grouping per)
      implements Action {
    /// @throws InvalidFieldException when not exactly one of the two is given, or is out of range
    public Cap {
      if ((atMost == null) == (share == null)) {
        throw new InvalidFieldException("atMost", atMost, "or share is required, and not both");
      }
      if (atMost != null && (atMost < 0 || atMost > 200)) {
        throw new InvalidFieldException("atMost", atMost, "must be between 0 and 200");
      }
      if (share != null && !(share > 0 && share < 1)) {
        throw new InvalidFieldException("share", share, "must be above 0 and below 1");
      }
    }

    @Override
    public String type() {
      return "cap";
    }

    /// How many of a group a list of `n` may have.
    public int limit(int n) {
      if (atMost != null) {
        return atMost;
      }
      return share == null ? n : Math.max(1, (int) Math.floor(share * n + 1e-9));
    }
  }
}
