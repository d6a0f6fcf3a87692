package io.zhiyin.learning.train;

import io.zhiyin.learning.dataset.SequenceBatch;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// A batch as libtorch reads it, where the network is.
///
/// @param batch the same in Java's memory
/// @param items `[B · L]`
/// @param types `[B · L]`
/// @param gaps `[B · L]`
/// @param times `[B · L]`, milliseconds since 1970
/// @param asked places `[V]` among the B · L
/// @param others what travelled with it
record BatchTensors(
    SequenceBatch batch,
    Tensor items,
    Tensor types,
    Tensor gaps,
    Tensor times,
    Tensor asked,
    List<Tensor> others) {

  /// @param like is where the network is
  /// @param others arrays that travel along
  static BatchTensors of(SequenceBatch batch, Tensor like, long[]... others) {
    List<long[]> arrays = new ArrayList<>();
    arrays.add(batch.items());
    arrays.add(batch.types());
    arrays.add(batch.gaps());
    arrays.add(batch.times());
    arrays.add(batch.asked());
    arrays.addAll(List.of(others));
    List<Tensor> tensors = Tensors.beside(like, arrays);
    return new BatchTensors(
        batch,
        tensors.get(0),
        tensors.get(1),
        tensors.get(2),
        tensors.get(3),
        tensors.get(4),
        tensors.subList(5, tensors.size()));
  }
}
