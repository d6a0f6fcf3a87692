package io.zhiyin.engine.rule;

import java.time.Instant;

/// One saved state of a shop's rules.
///
/// @param version counted from 1, one more with each saving; 0 for a shop that never saved any
/// @param author who saved it, as the caller said; may be empty
/// @param note why, as the caller said; may be empty
public record RuleVersion(int version, Instant savedAt, String author, String note, RuleSet set) {
  /// Before anything was saved.
  public static final RuleVersion NONE = new RuleVersion(0, Instant.EPOCH, "", "", RuleSet.NONE);
}
