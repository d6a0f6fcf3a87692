package io.zhiyin.server.config;

import java.util.Locale;
import java.util.Optional;

/// What the holder of a key may do. Each role may do what the ones before it may.
public enum Role {
  /// In web pages, where anybody can read it: send events, ask for recommendations, read items.
  BROWSER,
  /// In the shop's own servers: also write items, read and erase users.
  SERVER,
  /// In the hands of people who run the shop: also train and switch models, read the meters.
  ADMIN;

  /// Whether this role may do what asks for at least the other one.
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }

  /// The name in files and on the command line.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> of(String wireName) {
    for (Role role : values()) {
      if (role.wireName().equals(wireName)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
