package io.zhiyin.learning.train;

import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32C;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Everything that a step changes: weights, moments and averages, in a fixed order.
record StateTensors(List<Tensor> tensors) {

  /// Copies the numbers and the steps of the optimiser into the state.
  void save(TrainingState state, Optimizer optimizer) {
    state.updates = optimizer.steps();
    state.tensors = tensors.stream().map(Tensors::floats).toList();
  }

  /// Puts both back, and leaves the state without the copy.
  void restore(TrainingState state, Optimizer optimizer) {
    optimizer.resume(state.updates);
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      for (int i = 0; i < tensors.size(); i++) {
        Tensor tensor = tensors.get(i);
        tensor.copy_(AbstractTensor.create(state.tensors.get(i), tensor.shape()));
      }
    }
    state.tensors = List.of();
  }

  /// Has all processes go on from the same bytes, which they do unless their machines round
  /// differently; then the leader's count.
  ///
  /// @return whether anything had to be sent
  boolean agree(Peers peers, TrainingState state, Optimizer optimizer) throws IOException {
    long own = checksum();
    boolean differs = false;
    if (peers.leads()) {
      peers.write(out -> out.writeLong(own));
    } else {
      differs = peers.read(java.io.DataInputStream::readLong) != own;
    }
    try (PointerScope _ = new PointerScope()) {
      Tensor count = torch.zeros(1).fill_(new Scalar(differs ? 1 : 0));
      peers.sum(count);
      if (count.item_float() == 0) {
        return false;
      }
    }
    if (peers.leads()) {
      save(state, optimizer);
      peers.write(state::writeTensors);
      state.tensors = List.of();
    } else {
      peers.read(
          in -> {
            state.readTensors(in);
            return state;
          });
      state.updates = optimizer.steps();
      restore(state, optimizer);
    }
    return true;
  }

  private long checksum() {
    CRC32C crc = new CRC32C();
    for (Tensor tensor : tensors) {
      crc.update(AdamW.memory(tensor).asByteBuffer());
    }
    return crc.getValue();
  }
}
