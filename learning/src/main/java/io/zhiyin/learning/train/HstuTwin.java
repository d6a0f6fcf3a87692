package io.zhiyin.learning.train;

import io.zhiyin.kernel.nn.ElapsedTime;
import io.zhiyin.learning.dataset.SequenceBatch;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// L gated attention layers of H heads that weigh each earlier event by itself, by how many events
/// and how much time ago it was:
///
///     U, Q, K, V = SiLU(W · LayerNorm₁(x) + b)
///     s_tj = SiLU(Q_t · K_j / √(d/H) + position[t − j] + time[bucket(time_t − time_j)])     j ≤ t
///     x_t += Wo · (LayerNorm₂(Σ_j s_tj V_j) ⊙ U_t) + bo
///
/// The paper divides s by the length of the window, which the second norm would take out again, and
/// knows the time of what it foretells, which a recommender does not.
///
/// [Actions Speak Louder than Words: Trillion-Parameter Sequential Transducers for Generative
/// Recommendations](https://arxiv.org/abs/2402.17152)
record HstuTwin(SequenceSettings settings, Parameters parameters) implements TrainableBody {
  static HstuTwin of(SequenceSettings settings, Parameters parameters) {
    int d = settings.embeddingSize();
    for (int l = 0; l < settings.layers(); l++) {
      String block = "blocks." + l + ".";
      parameters.norm(block + "norm1", d);
      parameters.linear(block + "uqkv", 4 * d, d);
      parameters.zeros(block + "position.weight", settings.maxLength());
      parameters.zeros(block + "time.weight", ElapsedTime.BUCKETS);
      parameters.norm(block + "norm2", d);
      parameters.silent(block + "out", d, d);
    }
    return new HstuTwin(settings, parameters);
  }

  @Override
  public Tensor forward(Tensor x, BatchTensors batch, Dropout dropout) {
    double p = settings.dropout();
    long b = x.size(0);
    long length = x.size(1);
    int d = settings.embeddingSize();
    int heads = settings.heads();
    Tensor distances = AbstractTensor.create(distances(batch.batch()));
    Tensor elapsed = x.is_cuda() ? elapsed(batch) : AbstractTensor.create(elapsed(batch.batch()));
    distances = x.is_cuda() ? Tensors.beside(x, distances.to(torch.ScalarType.Long)) : distances;
    Tensor past = torch.ones(new long[] {length, length}, x.options()).tril();
    for (int l = 0; l < settings.layers(); l++) {
      String block = "blocks." + l + ".";
      // [B, L, 4d] → [4, B, H, L, d/H]
      Tensor uqkv =
          torch
              .silu(parameters.linear(block + "uqkv", parameters.norm(block + "norm1", x)))
              .view(b, length, 4, heads, d / heads)
              .permute(2, 0, 3, 1, 4);
      Tensor products = uqkv.select(0, 1).matmul(uqkv.select(0, 2).transpose(-2, -1));
      Tensor bias =
          parameters
              .get(block + "position.weight")
              .index_select(0, distances)
              .view(1, 1, length, length)
              .add(
                  parameters
                      .get(block + "time.weight")
                      .index_select(0, elapsed)
                      .view(b, 1, length, length));
      // [B, H, L, L]
      Tensor s =
          torch.silu(products.mul(new Scalar(Math.sqrt((double) heads / d))).add(bias)).mul(past);
      Tensor mixed = flat(s.matmul(uqkv.select(0, 3)));
      Tensor gated = parameters.norm(block + "norm2", mixed).mul(flat(uqkv.select(0, 0)));
      x = x.add(parameters.linear(block + "out", dropout.of(gated, p)));
    }
    // the places where something is asked [V, d]
    return x.view(-1, d).index_select(0, batch.asked());
  }

  /// `[B, H, L, d/H]` → `[B, L, d]`
  private Tensor flat(Tensor x) {
    return x.transpose(1, 2).reshape(x.size(0), x.size(2), settings.embeddingSize());
  }

  /// How many events before event t event j was, `[L, L]`; 0 for events to come.
  private static int[] distances(SequenceBatch batch) {
    int length = batch.length();
    int[] distances = new int[length * length];
    for (int t = 0; t < length; t++) {
      for (int j = 0; j <= t; j++) {
        distances[t * length + j] = t - j;
      }
    }
    return distances;
  }

  /// The bucket of time that event j was before event t, `[B, L, L]`; 0 for events to come.
  private static int[] elapsed(SequenceBatch batch) {
    int length = batch.length();
    int[] elapsed = new int[batch.size() * length * length];
    for (int b = 0; b < batch.size(); b++) {
      for (int t = 0; t < length; t++) {
        for (int j = 0; j <= t; j++) {
          elapsed[(b * length + t) * length + j] =
              ElapsedTime.bucket(batch.times()[b * length + t] - batch.times()[b * length + j]);
        }
      }
    }
    return elapsed;
  }

  /// The same where the times are, `[B · L · L]`: [ElapsedTime#bucket] in calls of libtorch.
  static Tensor elapsed(BatchTensors batch) {
    long b = batch.batch().size();
    long length = batch.batch().length();
    Tensor times = batch.times().view(b, length);
    Tensor seconds =
        times
            .unsqueeze(2)
            .sub(times.unsqueeze(1))
            .clamp_min(new Scalar(0L))
            .to(torch.ScalarType.Float)
            .mul(new Scalar(1e-3f))
            .add(new Scalar(1f));
    // the sign, the exponent and the highest bit of the mantissa
    return seconds
        .view(torch.ScalarType.Int)
        .bitwise_right_shift(new Scalar(22))
        .sub(new Scalar(Float.floatToRawIntBits(1f) >>> 22))
        .clamp_max(new Scalar(ElapsedTime.BUCKETS - 1))
        .view(-1)
        .to(torch.ScalarType.Long);
  }
}
