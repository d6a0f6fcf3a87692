package io.zhiyin.server.http;

import io.zhiyin.server.config.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a route asks of its caller.
public enum Access {
  /// No key: pages, pictures, health, the API's own document.
  PUBLIC(null),
  BROWSER(Role.BROWSER),
  SERVER(Role.SERVER),
  ADMIN(Role.ADMIN);

  private final @Nullable Role role;

  Access(@Nullable Role role) {
    this.role = role;
  }

  /// The least role, or nothing when no key is needed.
  public Optional<Role> role() {
    return Optional.ofNullable(role);
  }
}
