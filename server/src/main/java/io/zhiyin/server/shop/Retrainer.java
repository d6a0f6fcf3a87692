package io.zhiyin.server.shop;

import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.learning.train.Candidacy;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.server.config.Retraining;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Begins trainings by itself, on a schedule or after so many events. Each goes on from the model
/// in use and is promoted only when it is not worse.
///
/// What was trained last is read from the registry, so that a restart neither forgets nor repeats
/// it; events are counted from the start of the server, or from the last training since.
final class Retrainer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Retrainer.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private final Supplier<Collection<ShopRuntime>> shops;
  private final TrainingDesk desk;
  private final Retraining when;
  private final Clock clock;
  private final Map<ShopId, Begun> last = new HashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  /// @param at when the last training began
  /// @param end of the journal then
  private record Begun(Instant at, long end) {}

  Retrainer(
      Supplier<Collection<ShopRuntime>> shops, TrainingDesk desk, Retraining when, Clock clock) {
    this.shops = shops;
    this.desk = desk;
    this.when = when;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("zhiyin-retrain").daemon().unstarted(this::run);
  }

  void start() {
    if (!when.isOff()) {
      look();
      thread.start();
    }
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(this, PAUSE.toNanos());
      look();
    }
  }

  /// Begins what is due; a shop that must wait for another's training is begun at a later look.
  ///
  /// @return the shops whose training began
  synchronized List<ShopId> look() {
    return shops.get().stream().filter(this::begin).map(ShopRuntime::id).toList();
  }

  private boolean begin(ShopRuntime shop) {
    Begun before = last.computeIfAbsent(shop.id(), _ -> known(shop));
    long end = shop.journal().end();
    Instant now = clock.instant();
    long events = end - before.end;
    if (closed || !when.isDue(Duration.between(before.at, now), events)) {
      return false;
    }
    boolean began =
        desk.begin(
            shop,
            new TrainingDesk.Wish(
                TrainingOptions.defaults(),
                Candidacy.Mode.CONTINUE,
                Candidacy.Activation.IF_BETTER));
    if (began) {
      LOG.log(
          System.Logger.Level.INFO,
          "Shop ''{0}'': training by itself after {1} new events",
          shop.id(),
          events);
      last.put(shop.id(), new Begun(now, end));
    }
    return began;
  }

  /// What is known at the start: a shop that never trained has everything to learn.
  private static Begun known(ShopRuntime shop) {
    try {
      List<ModelCard> cards = shop.models().cards();
      return cards.isEmpty()
          ? new Begun(Instant.EPOCH, 0)
          : new Begun(Instant.parse(cards.getLast().lineage().createdAt()), shop.journal().end());
    } catch (IOException | DateTimeParseException e) {
      return new Begun(Instant.EPOCH, 0);
    }
  }

  @Override
  public void close() {
    closed = true;
    if (thread.getState() != Thread.State.NEW) {
      LockSupport.unpark(thread);
    }
  }
}
