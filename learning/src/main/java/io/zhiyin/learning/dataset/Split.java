package io.zhiyin.learning.dataset;

import io.zhiyin.engine.profile.History;
import java.util.List;

/// Data divided so that nothing that is asked was ever fitted.
///
/// @param fit what may be fitted while choices are still to be made: neither validation nor test
/// @param validation the questions by which choices are made
/// @param refit what may be fitted once all choices are made: everything but the test
/// @param test the questions that are reported; empty when everything is for training
public record Split(
    Protocol protocol,
    List<History> fit,
    List<Case> validation,
    List<History> refit,
    List<Case> test) {
  public Split {
    fit = List.copyOf(fit);
    validation = List.copyOf(validation);
    refit = List.copyOf(refit);
    test = List.copyOf(test);
  }
}
