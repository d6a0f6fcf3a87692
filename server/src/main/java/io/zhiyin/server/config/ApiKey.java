package io.zhiyin.server.config;

import io.zhiyin.engine.event.ShopId;
import java.time.Instant;

/// One key as it is kept: the secret itself is not in it, only its salted hash.
///
/// @param id names the key in lists and for revoking; the part of the key's text before the dot
/// @param salt hexadecimal
/// @param hash SHA-256 over salt and secret, hexadecimal
public record ApiKey(
    String id, Role role, ShopId shop, Instant created, String salt, String hash) {}
