package io.zhiyin.learning.train;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// L recurrent layers with states of F numbers; the last layer's state, mapped back to d numbers, is
/// added to the event: x_t += Wo h_t + bo. Each layer, from h = 0:
///
///     r = σ(W_r x_t + b_r + U_r h + e_r)          z = σ(W_z x_t + b_z + U_z h + e_z)
///     n = tanh(W_n x_t + b_n + r ⊙ (U_n h + e_n))          h = (1 − z) ⊙ n + z ⊙ h
///
/// Other than in the paper, windows are cut from whole histories, the loss is that of all our
/// architectures, and items are scored by the vectors that they are read by.
///
/// [Session-based Recommendations with Recurrent Neural
/// Networks](https://arxiv.org/abs/1511.06939)
record Gru4RecTwin(SequenceSettings settings, Parameters parameters) implements TrainableBody {
  static Gru4RecTwin of(SequenceSettings settings, Parameters parameters) {
    int d = settings.embeddingSize();
    int hidden = settings.hiddenSize();
    for (int l = 0; l < settings.layers(); l++) {
      parameters.linear("blocks." + l + ".input", 3 * hidden, l == 0 ? d : hidden);
      parameters.linear("blocks." + l + ".state", 3 * hidden, hidden);
    }
    parameters.silent("out", d, hidden);
    return new Gru4RecTwin(settings, parameters);
  }

  @Override
  public Tensor forward(Tensor x, BatchTensors batch, Dropout dropout) {
    double p = settings.dropout();
    Tensor h = x;
    for (int l = 0; l < settings.layers(); l++) {
      // [B, L, d or F] → [B, L, F]
      h = dropout.of(layer("blocks." + l + ".", h), p);
    }
    // only the places where something is asked [V, d]
    Tensor state = h.reshape(-1, settings.hiddenSize()).index_select(0, batch.asked());
    Tensor last = x.view(-1, settings.embeddingSize()).index_select(0, batch.asked());
    return last.add(dropout.of(parameters.linear("out", state), p));
  }

  private Tensor layer(String name, Tensor x) {
    Tensor start = torch.zeros(new long[] {1, x.size(0), settings.hiddenSize()}, x.options());
    TensorVector weights =
        new TensorVector(
            parameters.get(name + "input.weight"),
            parameters.get(name + "state.weight"),
            parameters.get(name + "input.bias"),
            parameters.get(name + "state.bias"));
    // with biases, one layer, no dropout, with gradients, one direction, windows first
    return torch.gru(x, start, weights, true, 1, 0, true, false, true).get0();
  }
}
