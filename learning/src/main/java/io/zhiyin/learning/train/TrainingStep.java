package io.zhiyin.learning.train;

import io.zhiyin.kernel.vector.AdamStep;
import io.zhiyin.learning.dataset.SequenceBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// One step of learning, shared out to a team: each member makes its rows of the item table, reads
/// its windows, finds their loss and gradients, and updates its share of the weights. What members
/// found is added in their order, and random numbers come from the step's seed, so that a step
/// gives the same bytes whenever it is done.
///
/// Several processes number their members on: process p of P with T threads has those from p · T
/// on. Every process makes the whole item table, by the same P · T shares with the same dropout,
/// and learns the windows of its own members; gradients are added over all processes, and all do
/// the same update. Two processes with a thread each therefore take the same steps, to the same
/// bytes, as one process with two threads.
///
/// Of large catalogues only the items that a step draws and reads have rows in it, and only their
/// id embeddings change. Shapes: m items of the step, d numbers each.
final class TrainingStep implements LearningStep {
  private final SequenceNetwork network;
  private final Team team;
  private final Peers peers;
  private final Recipe recipe;
  private final AdamW optimizer;
  private final Optional<NegativeSampler> sampler;
  private final List<Member> members = new ArrayList<>();

  TrainingStep(
      SequenceNetwork network,
      Team team,
      Recipe recipe,
      AdamW optimizer,
      Optional<NegativeSampler> sampler) {
    this(network, team, new Alone(), recipe, optimizer, sampler);
  }

  TrainingStep(
      SequenceNetwork network,
      Team team,
      Peers peers,
      Recipe recipe,
      AdamW optimizer,
      Optional<NegativeSampler> sampler) {
    this.network = network;
    this.team = team;
    this.peers = peers;
    this.recipe = recipe;
    this.optimizer = optimizer;
    this.sampler = sampler;
    for (int t = 0; t < team.size(); t++) {
      members.add(new Member(t));
    }
  }

  /// Members of all processes together.
  @Override
  public int shares() {
    return peers.size() * team.size();
  }

  /// @see #of(List, long, double, BooleanSupplier)
  double of(List<SequenceBatch> parts, long seed, double learningRate) {
    return of(parts, seed, learningRate, () -> false).loss().getAsDouble();
  }

  /// @param parts one for each member of each process, some of which may ask nothing
  /// @param seed of the step
  /// @param enough whether this is the last step; only the leader's answer counts
  @Override
  public Outcome of(
      List<SequenceBatch> parts, long seed, double learningRate, BooleanSupplier enough) {
    SplittableRandom random = new SplittableRandom(seed);
    StepItems items = StepItems.of(network.itemCount(), parts, sampler, random.nextLong());
    long[] seeds = random.longs(shares()).toArray();
    double total = 0;
    for (SequenceBatch part : parts) {
      for (float weight : part.weights()) {
        total += weight;
      }
    }
    float all = (float) Math.max(total, Float.MIN_NORMAL);
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Tensor table = torch.empty(items.size(), network.ids().size(1));
      team.each(t -> members.get(t).makeItems(items, seeds, table));
      StepSums sums = new StepSums(peers, items.size(), network.parameters());
      double loss = 0;
      for (double part : team.each(t -> members.get(t).learn(items, parts, table, all, sums))) {
        loss += part;
      }
      team.each(t -> addItemGradients(t, items.size(), sums.items()));
      StepSums.Sum sum = sums.of(new StepSums.Sum(windowGradients(), loss, enough.getAsBoolean()));
      team.each(t -> members.get(t).learnItems(sums.items()));
      List<Tensor> gradients = withItems(sum.others());
      float shorter = shorter(gradients);
      AdamStep step = optimizer.next(learningRate);
      team.each(t -> members.get(t).update(items, step, gradients, shorter));
      return new Outcome(sum::loss, sum.enough());
    }
  }

  /// A member's share of adding up what this process's members found for the item table.
  private boolean addItemGradients(int t, int size, Tensor sum) {
    int from = team.from(t, size);
    int count = team.from(t + 1, size) - from;
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      for (Member other : members.subList(1, members.size())) {
        sum.narrow(0, from, count).add_(other.itemGradient.narrow(0, from, count));
      }
    }
    return true;
  }

  /// What this process's windows say of all parameters but the id embedding, in their order.
  private List<Tensor> windowGradients() {
    List<Tensor> sums = new ArrayList<>();
    for (int p = 1; p < network.parameters().size(); p++) {
      sums.add(new Tensor());
    }
    members.forEach(member -> add(sums, member.gradients));
    return sums;
  }

  /// The same of all processes, with what the rows of the item table say.
  private List<Tensor> withItems(List<Tensor> windows) {
    List<Tensor> sums = new ArrayList<>(windows);
    for (int number = 0; number < shares(); number++) {
      add(sums, rows(number).gradients);
    }
    return sums;
  }

  private Rows rows(int number) {
    return members.get(number % team.size()).rows.get(number / team.size());
  }

  private static void add(List<Tensor> sums, List<Tensor> some) {
    for (int p = 0; p < some.size(); p++) {
      Tensor gradient = some.get(p);
      if (gradient.defined()) {
        Tensor sum = sums.get(p);
        sums.set(p, sum.defined() ? sum.add_(gradient) : gradient.contiguous().clone());
      }
    }
  }

  /// By what all gradients are multiplied so that together they are not longer than the recipe's
  /// clip. [On the difficulty of training recurrent neural
  /// networks](https://arxiv.org/abs/1211.5063)
  private float shorter(List<Tensor> gradients) {
    if (recipe.clip() == 0) {
      return 1;
    }
    double squares = 0;
    for (int number = 0; number < shares(); number++) {
      squares += rows(number).squares;
    }
    for (Tensor gradient : gradients) {
      if (gradient.defined()) {
        squares += gradient.mul(gradient).sum().item_double();
      }
    }
    float shorter = (float) Math.min(1, recipe.clip() / (Math.sqrt(squares) + 1e-6));
    if (shorter < 1) {
      gradients.stream()
          .filter(Tensor::defined)
          .forEach(gradient -> gradient.mul_(new Scalar(shorter)));
    }
    return shorter;
  }

  @Override
  public void close() {
    members.forEach(member -> member.softmax.close());
  }

  /// What one thread has at hand while a step lasts.
  private final class Member {
    private final int number;
    private final FullSoftmax softmax = new FullSoftmax(recipe.smoothing());
    private final List<Rows> rows = new ArrayList<>();
    private List<Tensor> gradients = List.of();
    private @Nullable PointerScope scope;
    private Tensor itemGradient = new Tensor();

    /// @param number within the process
    Member(int number) {
      this.number = number;
    }

    /// Own rows of the item table, and those of the members of other processes with this number.
    boolean makeItems(StepItems items, long[] seeds, Tensor table) {
      scope = new PointerScope();
      gradients = List.of();
      rows.clear();
      for (int rank = 0; rank < peers.size(); rank++) {
        int share = rank * team.size() + number;
        int from = (int) ((long) items.size() * share / shares());
        int to = (int) ((long) items.size() * (share + 1) / shares());
        rows.add(new Rows(from, to, items, Dropout.seeded(seeds[share]), table));
      }
      return true;
    }

    /// Own windows: their loss, and the gradients of everything with respect to them.
    ///
    /// @param parts of all members of all processes
    double learn(
        StepItems items,
        List<SequenceBatch> parts,
        Tensor table,
        float totalWeight,
        StepSums sums) {
      SequenceBatch part = parts.get(peers.rank() * team.size() + number);
      itemGradient = number == 0 ? sums.items() : torch.zeros(table.shape());
      if (part.asked().length == 0) {
        return 0;
      }
      Tensor leaf = table.detach().set_requires_grad(true);
      // goes on from the masks of own rows
      Dropout dropout = rows.get(peers.rank()).dropout;
      Tensor hidden = network.forward(items.renumbered(part), leaf, dropout);
      int ranked = items.ranked();
      FullSoftmax.Outcome outcome =
          softmax.of(
              hidden,
              table.narrow(0, 0, ranked),
              items.wanted(part, totalWeight),
              itemGradient.narrow(0, 0, ranked));
      List<Tensor> inputs = new ArrayList<>(network.parameters());
      inputs.set(0, leaf);
      List<Tensor> found = gradients(hidden, inputs, outcome.hidden());
      try (NoGradGuard _ = new NoGradGuard()) {
        itemGradient.add_(found.getFirst());
      }
      gradients = found.subList(1, found.size());
      return outcome.loss();
    }

    /// @param sum gradient of the item table over all members of all processes
    boolean learnItems(Tensor sum) {
      rows.forEach(some -> some.learn(sum));
      return true;
    }

    /// Own share of the weights.
    boolean update(StepItems items, AdamStep step, List<Tensor> gradients, float shorter) {
      rows.forEach(some -> some.update(items, step, shorter));
      for (int p = 1; p < network.parameters().size(); p++) {
        if (gradients.get(p - 1).defined()) {
          optimizer.share(step, p, gradients.get(p - 1), team, number);
        }
      }
      Objects.requireNonNull(scope).close();
      return true;
    }
  }

  private static List<Tensor> gradients(Tensor of, List<Tensor> inputs, Tensor given) {
    TensorVector found =
        torch.grad(
            new TensorVector(of),
            new TensorVector(inputs.toArray(Tensor[]::new)),
            new TensorVector(given),
            new BoolOptional(false),
            false,
            true);
    return List.of(found.get());
  }

  /// Neighbouring rows of the step's item table, made and learned by one thread.
  private final class Rows {
    private final int from;
    private final int to;
    private final Dropout dropout;
    private final Tensor ids;
    private final Tensor made;
    private Tensor idGradient = new Tensor();
    private List<Tensor> gradients = List.of();
    private double squares;

    Rows(int from, int to, StepItems items, Dropout dropout, Tensor table) {
      this.from = from;
      this.to = to;
      this.dropout = dropout;
      ids = items.rows(network.ids(), from, to).set_requires_grad(true);
      made = network.items(ids, items.rows(network.latent(), from, to), dropout);
      try (NoGradGuard _ = new NoGradGuard()) {
        table.narrow(0, from, to - from).copy_(made);
      }
    }

    /// Hands what was found for the rows on to what they are made of.
    void learn(Tensor sum) {
      if (from == to) {
        return;
      }
      List<Tensor> inputs = new ArrayList<>(network.parameters());
      inputs.set(0, ids);
      List<Tensor> found = TrainingStep.gradients(made, inputs, sum.narrow(0, from, to - from));
      idGradient = found.getFirst().contiguous();
      gradients = found.subList(1, found.size());
      squares = recipe.clip() == 0 ? 0 : idGradient.mul(idGradient).sum().item_double();
    }

    void update(StepItems items, AdamStep step, float shorter) {
      if (from == to) {
        return;
      }
      if (shorter < 1) {
        try (NoGradGuard _ = new NoGradGuard()) {
          idGradient.mul_(new Scalar(shorter));
        }
      }
      if (items.all()) {
        optimizer.rows(step, from, to, idGradient);
      } else {
        optimizer.rows(step, items.rowNumbers(from, to), idGradient);
      }
    }
  }
}
