package io.zhiyin.engine.recall;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zhiyin.engine.content.ContentIndex;
import io.zhiyin.engine.profile.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How well counting ranks a real shop's next item: every fifth shopper's validation item among all
/// items, fitted on what came before it. The test items stay closed here, so that this can be run
/// and looked at as often as one likes.
class AmazonRecallTest {
  private static final int EVERY = 5;

  @Test
  void countingAndTitlesFindTheNextBeautyItem() throws IOException {
    Figures figures = measure("amazon-beauty");
    assertTrue(figures.transitions().ndcg() > 0.058, figures::toString);
    assertTrue(figures.content().ndcg() > 0.040, figures::toString);
    assertTrue(figures.blend().ndcg() > 0.066, figures::toString);
  }

  @Test
  void countingAndAttributesFindTheNextSportsItem() throws IOException {
    Figures figures = measure("amazon-sports");
    assertTrue(figures.transitions().ndcg() > 0.038, figures::toString);
    assertTrue(figures.content().ndcg() > 0.011, figures::toString);
    assertTrue(figures.blend().ndcg() > 0.040, figures::toString);
  }

  record Figures(
      LeaveOneOut.Ranks transitions, LeaveOneOut.Ranks content, LeaveOneOut.Ranks blend) {
    @Override
    public String toString() {
      return "%ntransitions %s%ncontent     %s%nblend       %s"
          .formatted(transitions, content, blend);
    }
  }

  private static Figures measure(String name) throws IOException {
    Path folder = AmazonShop.folder(name);
    assumeTrue(Files.isDirectory(folder), "needs " + folder + ", which is not there");
    return measure(new AmazonShop(folder, Duration.ofDays(1)), 2, EVERY);
  }

  /// @param heldOut 2 asks for the validation item, 1 for the test item; neither is fitted
  static Figures measure(AmazonShop shop, int heldOut, int every) {
    List<History> train = shop.without(2);
    TransitionIndex transitions = TransitionIndex.fit(train, AmazonShop.LOADED);
    ItemToItem blend = new ItemToItem(transitions, ContentIndex.fit(shop.catalog), shop.catalog);
    LeaveOneOut trial = new LeaveOneOut(shop, heldOut, every);
    return new Figures(
        trial.of(
            (history, scores) ->
                transitions.score(history).forEach((item, score) -> scores[item] += score)),
        trial.of(blend::addContent),
        trial.of(blend::addAll));
  }
}
