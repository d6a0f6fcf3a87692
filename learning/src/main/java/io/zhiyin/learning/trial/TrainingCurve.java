package io.zhiyin.learning.trial;

import io.zhiyin.learning.train.TrainingProgress;
import java.util.ArrayList;
import java.util.List;

/// How a model learned, pass by pass.
///
/// @param stage what was fitted, such as `sequence`
/// @param passes in order
public record TrainingCurve(String stage, List<Pass> passes) {

  /// One pass over the data.
  ///
  /// @param epoch from 1
  /// @param loss mean of the pass
  /// @param metric validation NDCG@10 after it, NaN where not measured
  /// @param seconds since the training began
  public record Pass(int epoch, double loss, double metric, double seconds) {}

  /// Passes everything on, and keeps what a curve needs: the last report of each pass.
  static final class Recorder implements TrainingProgress.Listener {
    private final TrainingProgress.Listener next;
    private final List<TrainingCurve> curves = new ArrayList<>();

    Recorder(TrainingProgress.Listener next) {
      this.next = next;
    }

    @Override
    public void heard(TrainingProgress progress) {
      if (!Double.isNaN(progress.loss()) && progress.epoch() > 0) {
        keep(progress);
      }
      next.heard(progress);
    }

    private synchronized void keep(TrainingProgress progress) {
      Pass pass =
          new Pass(
              progress.epoch(),
              progress.loss(),
              progress.metric(),
              progress.elapsed().toMillis() / 1000.0);
      List<Pass> passes = curve(progress).passes;
      if (!passes.isEmpty() && passes.getLast().epoch() == pass.epoch()) {
        passes.removeLast();
      }
      passes.add(pass);
    }

    /// The curve that is being drawn; a pass with a smaller number begins another.
    private TrainingCurve curve(TrainingProgress progress) {
      TrainingCurve last = curves.isEmpty() ? null : curves.getLast();
      if (last == null
          || !last.stage.equals(progress.stage())
          || last.passes.getLast().epoch() > progress.epoch()) {
        last = new TrainingCurve(progress.stage(), new ArrayList<>());
        curves.add(last);
      }
      return last;
    }

    /// What was heard so far.
    synchronized List<TrainingCurve> curves() {
      return curves.stream()
          .map(curve -> new TrainingCurve(curve.stage, List.copyOf(curve.passes)))
          .toList();
    }
  }
}
