package io.zhiyin.engine.profile;

import java.util.stream.Stream;

/// Every shopper's profile, readable while events are folded in.
public interface Profiles {
  /// The profile as of the last folded event; [Profile#unknown] for one never seen.
  Profile of(Shopper shopper);

  /// All shoppers with at least one event, in an order that a replay reproduces.
  Stream<Shopper> shoppers();

  /// The same of every `step`-th of those who ever came: the others are not looked at.
  Stream<Shopper> shoppers(int step);

  /// How many shoppers there are.
  int size();
}
