package io.zhiyin.learning.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.bytedeco.pytorch.Tensor;

/// The processes that take each step of one training together, seen from one of them. All of them
/// call the same methods in the same order; the leader is number 0.
sealed interface Peers extends AutoCloseable permits Alone, GlooPeers {
  /// Own number, from 0.
  int rank();

  /// How many take part.
  int size();

  default boolean alone() {
    return size() == 1;
  }

  default boolean leads() {
    return rank() == 0;
  }

  /// Adds the numbers of all processes up, in place: afterwards each has the same bytes.
  ///
  /// @param numbers floats, contiguous, as many in each process
  /// @throws PeerLostException when one of the processes is gone
  void sum(Tensor numbers);

  /// Writes what all others then [read][#read].
  void write(Writing writing) throws IOException;

  /// Reads what the leader [writes][#write].
  <T> T read(Reading<T> reading) throws IOException;

  @Override
  void close();

  /// What the leader says.
  @FunctionalInterface
  interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /// How it is understood.
  @FunctionalInterface
  interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }
}
