package io.zhiyin.server.http;

import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.config.Role;

/// Who calls: with which role, and for which shop.
///
/// @param name the id of the key, or `local` where there are no keys
public record Caller(Role role, ShopId shop, String name) {}
