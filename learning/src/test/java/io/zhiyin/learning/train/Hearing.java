package io.zhiyin.learning.train;

import java.util.ArrayList;
import java.util.List;

/// Hears what a training tells, and can end it after so many steps, as the end of a process would.
final class Hearing implements TrainingProgress.Listener {
  final List<String> told = new ArrayList<>();
  int killAt = Integer.MAX_VALUE;
  int steps;

  /// The end of a process, as a listener can bring it about.
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public void heard(TrainingProgress progress) {}

  @Override
  public void stepped(int epoch, int step) {
    if (++steps == killAt) {
      throw new Killed();
    }
  }

  @Override
  public void told(String english, String chinese) {
    told.add(english);
  }
}
