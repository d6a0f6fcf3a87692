package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/// What takes the steps of a training where its network is: on the CPU by kernels of our own,
/// shared out to a team of threads, on a device by libtorch's.
///
/// @param averages where the recipe asks for them
/// @param team the threads, where there are any
record Learner(
    LearningStep step,
    Optimizer optimizer,
    Optional<AverageWeights> averages,
    Optional<Team> team,
    StateTensors tensors)
    implements AutoCloseable {

  /// @param peers with whom the steps are taken, nobody where a device takes them
  static Learner of(
      SequenceSettings settings,
      int threads,
      SequenceNetwork network,
      Batches batches,
      Peers peers) {
    Optional<NegativeSampler> sampler =
        settings.samples(network.itemCount())
            ? Optional.of(
                new NegativeSampler(batches.popularity(network.itemCount()), settings.negatives()))
            : Optional.empty();
    Recipe recipe = settings.recipe();
    Optional<FlatTensors> flat = network.flat();
    if (flat.isPresent()) {
      DeviceAdamW optimizer = new DeviceAdamW(flat.get(), settings.regularization(), recipe.clip());
      return of(
          new DeviceStep(network, recipe, optimizer, sampler),
          optimizer,
          averages(recipe, () -> AverageWeights.of(recipe.averaging(), flat.get())),
          Optional.empty(),
          network);
    }
    Team team = new Team(threads);
    AdamW optimizer = new AdamW(network.parameters(), settings.regularization());
    return of(
        new TrainingStep(network, team, peers, recipe, optimizer, sampler),
        optimizer,
        averages(recipe, () -> new AverageWeights(recipe.averaging(), network.parameters())),
        Optional.of(team),
        network);
  }

  private static Optional<AverageWeights> averages(
      Recipe recipe, java.util.function.Supplier<AverageWeights> made) {
    return recipe.averaging() == 0 ? Optional.empty() : Optional.of(made.get());
  }

  private static Learner of(
      LearningStep step,
      Optimizer optimizer,
      Optional<AverageWeights> averages,
      Optional<Team> team,
      SequenceNetwork network) {
    List<Tensor> all = new ArrayList<>(network.parameters());
    all.addAll(optimizer.moments());
    averages.ifPresent(average -> all.addAll(average.averages()));
    return new Learner(step, optimizer, averages, team, new StateTensors(List.copyOf(all)));
  }

  @Override
  public void close() {
    step.close();
    team.ifPresent(Team::close);
  }
}
