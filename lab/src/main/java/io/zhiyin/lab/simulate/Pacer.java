package io.zhiyin.lab.simulate;

import java.time.Duration;

/// Lets time pass between one step and the next.
@FunctionalInterface
public interface Pacer {
  void pause(Duration duration) throws InterruptedException;

  /// Really waits.
  static Pacer realTime() {
    return Thread::sleep;
  }
}
