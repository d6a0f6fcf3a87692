package io.zhiyin.engine.profile;

/// What one shopper did: [Deeds], ready to be added to, or [Resting], the same as bytes. Most
/// shoppers of a shop do nothing for days: at rest they take less memory, and a start need not take
/// them apart.
sealed interface Kept permits Deeds, Resting {
  /// To look at; of one at rest it is made anew with each call.
  Deeds unpacked(Deeds.Of whose);

  /// The engagements alone, oldest first.
  History history(Deeds.Of whose);
}
