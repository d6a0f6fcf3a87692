package io.zhiyin.server.audit;

import java.time.Instant;
import java.util.SortedMap;

/// One change.
///
/// @param who the id of the key, `local` where there are no keys, `server` for what it did by
///   itself
/// @param what the change, as in `rules-saved`
/// @param details by name; never anything of a user
public record AuditEntry(
    Instant time, String who, String what, SortedMap<String, String> details) {}
