package io.zhiyin.engine.measure;

import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.StateSink;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the lists of one shop brought, folded from its journal in journal order.
///
/// Everything goes by the time of the events, never by a clock; only how long hours are kept apart
/// is said from outside ([#roll]). Programs and the shop's own traffic are counted apart and in
/// nothing else: an event with the attribute `traffic` = `bot` or `internal`, and a shopper with
/// more than 240 events in one minute, from there on for 24 hours. Safe for use by many threads.
public final class MeasureFold {
  /// How long hours are kept apart.
  public static final Duration HOURS_KEPT = Duration.ofDays(14);

  // 1 and 2 are the frames around the pieces.
  private static final byte NAMES_PIECE = 3;
  private static final byte PACE_PIECE = 4;

  private final Buckets buckets = new Buckets();
  private final Scenarios scenarios = new Scenarios();
  private final Pace pace = new Pace();
  private final OpenTouches open;
  private final Attribution attribution;

  public MeasureFold() {
    this(OpenTouches.MAX);
  }

  /// @param maxOpen how many items of recommendations may be open
  MeasureFold(int maxOpen) {
    this.open = new OpenTouches(maxOpen);
    this.attribution = new Attribution(buckets, open, scenarios);
  }

  /// Takes in one event of the journal.
  public synchronized void apply(Event event) {
    switch (event) {
      case ShopperEvent shopper -> apply(shopper);
      case UserErased erased -> forget(erased.userId(), Set.of());
      case io.zhiyin.engine.event.CatalogEvent _ -> {}
    }
  }

  /// Takes in several, in journal order.
  public synchronized void applyAll(List<Event> events) {
    events.forEach(this::apply);
  }

  private void apply(ShopperEvent event) {
    Header header = event.header();
    long millis = header.eventTime().toEpochMilli();
    Bucket bucket = buckets.at(millis);
    OpenTouches.Who who =
        new OpenTouches.Who(
            header.user() == null ? 0 : user(header.user()),
            header.visitor() == null ? 0 : visitor(header.visitor()));
    long shopper = who.user() == 0 ? who.visitor() : who.user();
    String traffic =
        header.attributes().isEmpty() ? "" : header.attributes().getOrDefault("traffic", "");
    if (traffic.equals("internal")) {
      bucket.internal++;
      return;
    }
    if (traffic.equals("bot") || pace.isTooFast(shopper, millis)) {
      bucket.bots++;
      return;
    }
    bucket.counted++;
    FunnelStep step = FunnelStep.of(event);
    if (step != null) {
      bucket.funnelEvents[step.ordinal()]++;
      bucket.funnelShoppers[step.ordinal()].add(shopper);
    }
    attribution.apply(event, who);
  }

  private static long user(UserId user) {
    return Hashes.of(Hashes.USER, user.value());
  }

  private static long visitor(VisitorId visitor) {
    return Hashes.of(Hashes.VISITOR, visitor.value());
  }

  /// Takes out what could be found again by the user's name. What was counted stays: it names
  /// nobody.
  ///
  /// @param devices on which the user was seen
  public synchronized void forget(UserId user, Collection<VisitorId> devices) {
    Set<Long> shoppers = new HashSet<>();
    shoppers.add(user(user));
    devices.forEach(device -> shoppers.add(visitor(device)));
    shoppers.forEach(pace::forget);
    open.forget(shoppers);
  }

  /// Makes days of the hours that are older than [#HOURS_KEPT]. When this is called changes nothing
  /// but that.
  public synchronized void roll(Instant now) {
    buckets.roll(now.minus(HOURS_KEPT).toEpochMilli());
  }

  /// What happened in a time.
  ///
  /// @param from with what begins at it
  /// @param to without what begins at it
  public synchronized Summary summary(Instant from, Instant to) {
    Summary.Builder summary = new Summary.Builder(scenarios.names());
    buckets.forEach(from.toEpochMilli(), to.toEpochMilli(), (_, bucket) -> summary.add(bucket));
    return summary.build();
  }

  /// What happened hour by hour or day by day, in order, without what is empty. Where only days are
  /// kept, a step is a day.
  public synchronized List<Step> series(Instant from, Instant to, Step.Width width) {
    Step.Builder steps = new Step.Builder(scenarios.names(), width);
    buckets.forEach(from.toEpochMilli(), to.toEpochMilli(), steps::add);
    return steps.build();
  }

  /// From here on there are hours, before it only days; nothing while all is hours.
  public synchronized Instant hoursSince() {
    return buckets.boundary() == Long.MIN_VALUE
        ? Instant.EPOCH
        : Instant.ofEpochMilli(buckets.boundary());
  }

  /// How many items of recommendations were closed before their time, for want of room.
  public synchronized long closedEarly() {
    return open.closedEarly();
  }

  synchronized int openTouches() {
    return open.size();
  }

  /// Writes everything.
  public synchronized void writeTo(StateSink sink) throws IOException {
    RecordWriter out = new RecordWriter();
    out.texts(scenarios.names());
    sink.put(NAMES_PIECE, out.toBytes());
    out.clear();
    pace.write(out);
    sink.put(PACE_PIECE, out.toBytes());
    buckets.writeTo(sink);
    open.writeTo(sink);
  }

  /// Takes back one piece, in the order in which they were written.
  ///
  /// @throws IllegalArgumentException or [IndexOutOfBoundsException] when it makes no sense
  public synchronized void restore(byte kind, RecordReader in) {
    switch (kind) {
      case NAMES_PIECE -> in.texts().forEach(scenarios::add);
      case PACE_PIECE -> pace.read(in);
      default -> {
        if (!buckets.restore(kind, in) && !open.restore(kind, in)) {
          throw new IllegalArgumentException("a piece of the unknown kind " + kind);
        }
      }
    }
    if (!in.atEnd()) {
      throw new IllegalArgumentException("a piece with bytes after its end");
    }
  }
}
