package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;

/// Whom a profile is about: a signed-in user or an anonymous visitor.
public sealed interface Shopper {
  /// The id as text.
  String value();

  record User(UserId id) implements Shopper {
    @Override
    public String value() {
      return id.value();
    }
  }

  record Visitor(VisitorId id) implements Shopper {
    @Override
    public String value() {
      return id.value();
    }
  }
}
