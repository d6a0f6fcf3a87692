package io.zhiyin.server.shop;

import io.zhiyin.cluster.state.BackgroundThread;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.engine.model.ModelException;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.train.Candidacy;
import io.zhiyin.learning.train.NothingToLearnException;
import io.zhiyin.learning.train.SequenceSettings;
import io.zhiyin.learning.train.ShopRecipe;
import io.zhiyin.learning.train.TrainingOptions;
import io.zhiyin.learning.train.TrainingProgress;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Trains in the background, one shop at a time, and puts the new model to use when it is not worse
/// than the one in use.
public final class TrainingDesk implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TrainingDesk.class.getName());

  private static final int LONGEST_CURVE = 1_000;

  private final Clock clock;
  private final Meters meters;
  private final ConcurrentHashMap<ShopId, Run> last = new ConcurrentHashMap<>();
  private @Nullable Thread running;

  TrainingDesk(Clock clock, Meters meters) {
    this.clock = clock;
    this.meters = meters;
  }

  /// What is asked for.
  public record Wish(
      TrainingOptions options, Candidacy.Mode mode, Candidacy.Activation activation) {
    /// The defaults: all of the data, and the new model in use when it is not worse.
    public static Wish defaults() {
      return new Wish(
          TrainingOptions.defaults(), Candidacy.Mode.FULL, Candidacy.Activation.IF_BETTER);
    }

    public Wish withOptions(TrainingOptions value) {
      return new Wish(value, mode, activation);
    }

    public Wish withMode(Candidacy.Mode value) {
      return new Wish(options, value, activation);
    }

    public Wish withActivation(Candidacy.Activation value) {
      return new Wish(options, mode, value);
    }
  }

  /// How a training went.
  public enum State {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  /// The last training of a shop.
  ///
  /// @param progress as last heard of; null before the first word
  /// @param curve the passes so far, each as it was when it was done
  /// @param modelId of the new model; null unless done
  /// @param failure why it failed, as a sentence; null unless failed
  /// @param cancelling whether its end was asked for
  public record Run(
      State state,
      Instant started,
      @Nullable TrainingProgress progress,
      List<TrainingProgress> curve,
      @Nullable String modelId,
      @Nullable String failure,
      boolean cancelling) {
    static Run begun(Instant now) {
      return new Run(State.RUNNING, now, null, List.of(), null, null, false);
    }

    /// One word further. A pass is heard of several times; the curve keeps the last of it.
    Run heard(TrainingProgress said) {
      List<TrainingProgress> passes = new ArrayList<>(curve);
      if (Double.isFinite(said.loss())) {
        passes.removeIf(p -> p.epoch() == said.epoch() && p.stage().equals(said.stage()));
        passes.add(said);
      }
      int old = Math.max(0, passes.size() - LONGEST_CURVE);
      return new Run(
          state,
          started,
          said,
          List.copyOf(passes.subList(old, passes.size())),
          modelId,
          failure,
          cancelling);
    }

    Run done(String model) {
      return new Run(State.DONE, started, progress, curve, model, null, cancelling);
    }

    Run failed(String why) {
      return new Run(State.FAILED, started, progress, curve, null, why, cancelling);
    }

    Run unwanted() {
      return new Run(state, started, progress, curve, modelId, failure, state == State.RUNNING);
    }

    Run cancelled() {
      return new Run(State.CANCELLED, started, progress, curve, null, null, true);
    }
  }

  /// Begins, unless a training is running already in this server.
  ///
  /// @return whether it began
  public synchronized boolean begin(ShopRuntime shop, Wish wish) {
    Thread busy = running;
    if (busy != null && busy.isAlive()) {
      return false;
    }
    last.put(shop.id(), Run.begun(clock.instant()));
    Thread thread = BackgroundThread.of("zhiyin-training", () -> train(shop, wish));
    thread.start();
    running = thread;
    return true;
  }

  /// Asks the training of that shop to end. It does at its next step; once the network is learned
  /// and the ranker is being fitted, it goes on to its end.
  ///
  /// @return whether one was running
  public boolean cancel(ShopId shop) {
    Run run = last.computeIfPresent(shop, (_, known) -> known.unwanted());
    return run != null && run.state() == State.RUNNING;
  }

  /// The last training of that shop since the start of the server.
  public Optional<Run> of(ShopId shop) {
    return Optional.ofNullable(last.get(shop));
  }

  private void train(ShopRuntime shop, Wish wish) {
    ShopId id = shop.id();
    long start = System.nanoTime();
    String mode = wish.mode().wireName();
    try {
      SequenceSettings settings = ShopRecipe.of(shop.store().directory()).settings();
      Candidacy candidacy =
          new Candidacy(
              settings, wish.options(), clock, new Ear(id), shop.models().texts().encoders());
      ShopData data = ShopData.of(id.value(), shop.catalog(), shop.profiles());
      Candidacy.Outcome outcome =
          candidacy.run(data, shop.models().registry(), wish.mode(), wish.activation());
      shop.models().texts().save(shop.catalog());
      if (outcome.promotion().activates()) {
        shop.loadModel();
      }
      said(shop, mode, outcome, start);
      last.computeIfPresent(id, (_, run) -> run.done(outcome.card().id()));
    } catch (CancellationException e) {
      LOG.log(System.Logger.Level.INFO, "Shop ''{0}'': the training was cancelled.", id);
      meters.trained(id, mode, "cancelled", System.nanoTime() - start);
      last.computeIfPresent(id, (_, run) -> run.cancelled());
    } catch (NothingToLearnException | ModelException | IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Shop ''{0}'': no new model. {1}", id, e.getMessage());
      meters.trained(id, mode, "failed", System.nanoTime() - start);
      failed(id, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Training of shop '" + id + "' failed", e);
      meters.trained(id, mode, "failed", System.nanoTime() - start);
      failed(id, "The training failed; the server's log says why.");
    }
  }

  private void said(ShopRuntime shop, String mode, Candidacy.Outcome outcome, long start) {
    LOG.log(
        System.Logger.Level.INFO,
        "Shop ''{0}'': model {1} ({2}) after {3} s. {4}",
        shop.id(),
        outcome.card().id(),
        outcome.mode().wireName(),
        (System.nanoTime() - start) / 1_000_000_000L,
        outcome.promotion().english());
    shop.audit().write("server", "model-trained", outcome.forAudit());
    meters.trained(
        shop.id(),
        mode,
        outcome.promotion().activates() ? "activated" : "kept",
        System.nanoTime() - start);
  }

  /// Keeps what a training says, and ends it when it is not wanted any more.
  private final class Ear implements TrainingProgress.Listener {
    private final ShopId shop;

    Ear(ShopId shop) {
      this.shop = shop;
    }

    @Override
    public void heard(TrainingProgress said) {
      last.computeIfPresent(shop, (_, run) -> run.heard(said));
      endIfUnwanted();
    }

    @Override
    public void stepped(int epoch, int step) {
      endIfUnwanted();
    }

    private void endIfUnwanted() {
      Run run = last.get(shop);
      if (run != null && run.cancelling()) {
        throw new CancellationException("not wanted any more");
      }
    }
  }

  private void failed(ShopId id, String why) {
    last.computeIfPresent(id, (_, run) -> run.failed(why));
  }

  /// A training that runs is left behind: it is lost, as the model appears only when it is whole.
  @Override
  public synchronized void close() {
    running = null;
  }
}
