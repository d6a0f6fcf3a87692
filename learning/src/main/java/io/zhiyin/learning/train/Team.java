package io.zhiyin.learning.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/// A few threads that do their parts of one thing at the same time. Part `t` is always done by
/// thread `t`, so that what a thread opened it can close in a later call.
final class Team implements AutoCloseable {
  private final List<ExecutorService> members = new ArrayList<>();

  Team(int size) {
    // threads are ours; a second pool under each of them would only be in the way
    openblas.blas_set_num_threads(1);
    for (int t = 0; t < size; t++) {
      members.add(Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory()));
    }
    each(
        _ -> {
          torch.set_num_threads(1); // libtorch keeps this by thread
          return size;
        });
  }

  int size() {
    return members.size();
  }

  /// One thread's part.
  @FunctionalInterface
  interface Part<T> {
    T of(int member);
  }

  /// Does all parts and waits for them.
  ///
  /// @return what they gave, in the order of the members
  <T> List<T> each(Part<T> part) {
    List<Future<T>> parts = new ArrayList<>();
    for (int t = 0; t < members.size(); t++) {
      int member = t;
      Callable<T> task = () -> part.of(member);
      parts.add(members.get(t).submit(task));
    }
    List<T> results = new ArrayList<>();
    ExecutionException failure = null;
    for (Future<T> future : parts) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        failure = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while training", e);
      }
    }
    if (failure != null) {
      throw new IllegalStateException("a step of training failed", failure.getCause());
    }
    return results;
  }

  /// The first of `length` things that belong to that member; those of the next one begin where its
  /// own end.
  int from(int member, int length) {
    return (int) ((long) length * member / members.size());
  }

  @Override
  public void close() {
    members.forEach(ExecutorService::shutdown);
  }
}
