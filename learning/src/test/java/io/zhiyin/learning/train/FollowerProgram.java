package io.zhiyin.learning.train;

import java.io.IOException;
import java.time.Duration;

/// A process of its own that takes part in a training.
final class FollowerProgram {
  private FollowerProgram() {}

  public static void main(String[] args) throws IOException {
    try {
      Follower.join(args[0], Duration.ofSeconds(60), new Told());
    } catch (PeerLostException e) {
      System.out.println(e.getMessage());
      System.out.flush();
      Runtime.getRuntime().halt(1);
    }
  }

  private record Told() implements TrainingProgress.Listener {
    @Override
    public void heard(TrainingProgress progress) {}

    @Override
    public void told(String english, String chinese) {
      System.out.println(english);
    }
  }
}
