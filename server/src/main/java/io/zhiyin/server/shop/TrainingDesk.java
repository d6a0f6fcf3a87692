package io.zhiyin.server.shop;

import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.model.ModelCard;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.train.NothingToLearnException;
import io.zhiyin.learning.train.Training;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Trains in the background, one shop at a time, and puts the new model to use when it is done.
public final class TrainingDesk implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TrainingDesk.class.getName());

  private final Clock clock;
  private final ConcurrentHashMap<ShopId, Run> last = new ConcurrentHashMap<>();
  private @Nullable Thread running;

  TrainingDesk(Clock clock) {
    this.clock = clock;
  }

  /// How a training went.
  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /// The last training of a shop.
  ///
  /// @param progress as last heard of; null before the first word
  /// @param modelId of the new model; null unless done
  /// @param failure why it failed, as a sentence; null unless failed
  public record Run(
      State state,
      Instant started,
      @Nullable TrainingProgress progress,
      @Nullable String modelId,
      @Nullable String failure) {}

  /// Begins, unless a training is running already in this server.
  ///
  /// @return whether it began
  public synchronized boolean begin(ShopRuntime shop, TrainingOptions options) {
    Thread busy = running;
    if (busy != null && busy.isAlive()) {
      return false;
    }
    Run run = new Run(State.RUNNING, clock.instant(), null, null, null);
    last.put(shop.id(), run);
    running =
        Thread.ofPlatform()
            .name("zhiyin-training")
            .daemon()
            .start(() -> train(shop, options, run.started));
    return true;
  }

  /// The last training of that shop since the start of the server.
  public Optional<Run> of(ShopId shop) {
    return Optional.ofNullable(last.get(shop));
  }

  private void train(ShopRuntime shop, TrainingOptions options, Instant started) {
    ShopId id = shop.id();
    try {
      Training training =
          new Training(
              options,
              progress -> last.put(id, new Run(State.RUNNING, started, progress, null, null)),
              shop.models().texts().encoders());
      ShopData data = ShopData.of(id.value(), shop.catalog(), shop.profiles());
      ModelCard card = training.run(data, shop.models().registry());
      shop.models().texts().save(shop.catalog());
      shop.activate(card.id());
      last.put(id, new Run(State.DONE, started, progress(id), card.id(), null));
    } catch (NothingToLearnException | ModelException | IOException e) {
      failed(id, started, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Training of shop '" + id + "' failed", e);
      failed(id, started, "The training failed; the server's log says why.");
    }
  }

  private void failed(ShopId id, Instant started, String why) {
    last.put(id, new Run(State.FAILED, started, progress(id), null, why));
  }

  private @Nullable TrainingProgress progress(ShopId id) {
    Run run = last.get(id);
    return run == null ? null : run.progress;
  }

  /// A training that runs is left behind: it is lost, as the model appears only when it is whole.
  @Override
  public synchronized void close() {
    running = null;
  }
}
