package io.zhiyin.learning.train;

import io.zhiyin.kernel.vector.AdamStep;
import io.zhiyin.learning.dataset.SequenceBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
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
/// Of large catalogues only the items that a step draws and reads have rows in it, and only their
/// id embeddings change. Shapes: m items of the step, d numbers each.
final class TrainingStep implements AutoCloseable {
  private final SequenceNetwork network;
  private final Team team;
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
    this.network = network;
    this.team = team;
    this.recipe = recipe;
    this.optimizer = optimizer;
    this.sampler = sampler;
    for (int t = 0; t < team.size(); t++) {
      members.add(new Member(t));
    }
  }

  /// @param parts one for each member, some of which may ask nothing
  /// @param seed of the step
  /// @return mean loss over the weights of what is asked
  double of(List<SequenceBatch> parts, long seed, double learningRate) {
    SplittableRandom random = new SplittableRandom(seed);
    StepItems items = StepItems.of(network.itemCount(), parts, sampler, random.nextLong());
    long[] seeds = random.longs(team.size()).toArray();
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
      team.each(t -> members.get(t).makeItems(items, Dropout.seeded(seeds[t]), table));
      double loss = 0;
      for (double part : team.each(t -> members.get(t).learn(items, parts.get(t), table, all))) {
        loss += part;
      }
      double squares = 0;
      for (double part : team.each(t -> members.get(t).learnItems())) {
        squares += part;
      }
      List<Tensor> gradients = sums();
      float shorter = shorter(squares, gradients);
      AdamStep step = optimizer.next(learningRate);
      team.each(t -> members.get(t).update(items, step, gradients, shorter));
      return loss;
    }
  }

  /// Gradients of all parameters but the id embedding, in their order.
  private List<Tensor> sums() {
    List<Tensor> sums = new ArrayList<>();
    for (int p = 1; p < network.parameters().size(); p++) {
      Tensor sum = new Tensor();
      for (Member member : members) {
        for (List<Tensor> some : member.gradients) {
          Tensor gradient = some.get(p - 1);
          if (gradient.defined()) {
            sum = sum.defined() ? sum.add_(gradient) : gradient.contiguous().clone();
          }
        }
      }
      sums.add(sum);
    }
    return sums;
  }

  /// By what all gradients are multiplied so that together they are not longer than the recipe's
  /// clip. [On the difficulty of training recurrent neural
  /// networks](https://arxiv.org/abs/1211.5063)
  private float shorter(double squaresOfIds, List<Tensor> gradients) {
    if (recipe.clip() == 0) {
      return 1;
    }
    double squares = squaresOfIds;
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
    private final List<List<Tensor>> gradients = new ArrayList<>();
    private @Nullable PointerScope scope;
    private Dropout dropout = Dropout.NONE;
    private int from;
    private int to;
    private Tensor ids = new Tensor();
    private Tensor made = new Tensor();
    private Tensor itemGradient = new Tensor();
    private Tensor idGradient = new Tensor();

    Member(int number) {
      this.number = number;
    }

    /// Own rows of the item table.
    boolean makeItems(StepItems items, Dropout dropout, Tensor table) {
      scope = new PointerScope();
      this.dropout = dropout;
      gradients.clear();
      from = team.from(number, items.size());
      to = team.from(number + 1, items.size());
      ids = items.rows(network.ids(), from, to).set_requires_grad(true);
      made = network.items(ids, items.rows(network.latent(), from, to), dropout);
      try (NoGradGuard _ = new NoGradGuard()) {
        table.narrow(0, from, to - from).copy_(made);
      }
      return true;
    }

    /// Own windows: their loss, and the gradients of everything with respect to them.
    double learn(StepItems items, SequenceBatch part, Tensor table, float totalWeight) {
      itemGradient = torch.zeros(table.shape());
      if (part.asked().length == 0) {
        return 0;
      }
      Tensor leaf = table.detach().set_requires_grad(true);
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
      gradients.add(found.subList(1, found.size()));
      return outcome.loss();
    }

    /// Own rows of the item table: what all members found, handed on to what the rows are made of.
    ///
    /// @return sum of the squares of the id embeddings' gradients
    double learnItems() {
      if (from == to) {
        return 0;
      }
      Tensor sum;
      try (NoGradGuard _ = new NoGradGuard()) {
        sum = members.getFirst().itemGradient.narrow(0, from, to - from);
        for (Member other : members.subList(1, members.size())) {
          sum.add_(other.itemGradient.narrow(0, from, to - from));
        }
      }
      List<Tensor> inputs = new ArrayList<>(network.parameters());
      inputs.set(0, ids);
      List<Tensor> found = gradients(made, inputs, sum);
      idGradient = found.getFirst().contiguous();
      gradients.add(found.subList(1, found.size()));
      return recipe.clip() == 0 ? 0 : idGradient.mul(idGradient).sum().item_double();
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

    /// Own share of the weights.
    boolean update(StepItems items, AdamStep step, List<Tensor> gradients, float shorter) {
      if (from < to) {
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
      for (int p = 1; p < network.parameters().size(); p++) {
        if (gradients.get(p - 1).defined()) {
          optimizer.share(step, p, gradients.get(p - 1), team, number);
        }
      }
      Objects.requireNonNull(scope).close();
      return true;
    }
  }
}
