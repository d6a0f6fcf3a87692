package io.zhiyin.engine.event;

import java.time.Instant;

/// Something that happened: a fact, immutable, idempotent by [#eventId()].
///
/// The family is sealed and switched over without `default`, so that a new kind fails to compile
/// wherever it is not handled yet.
public sealed interface Event permits ShopperEvent, CatalogEvent, UserErased {
  EventId eventId();

  /// When it happened, by the sender's clock, to the millisecond.
  Instant eventTime();

  EventKind kind();
}
