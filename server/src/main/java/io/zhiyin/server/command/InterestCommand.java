package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.Item;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.explain.Language;
import io.zhiyin.engine.profile.Profile;
import io.zhiyin.engine.profile.Shopper;
import io.zhiyin.learning.dataset.ShopData;
import io.zhiyin.learning.train.TrainingProgress;
import io.zhiyin.learning.trial.InterestTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `interest`: each user's interest in each item between 0 and 1, by the plain network of the
/// article (input, 64, 32, 1), and the list that a request would get, with its reasons.
@Command(
    name = "interest",
    mixinStandardHelpOptions = true,
    description = {
      "Print each user's interest in each item, 0 to 1, and the list with reasons.",
      "打印每个用户对每件商品的兴趣度（0 到 1），以及推荐列表与理由。"
    })
public final class InterestCommand implements Callable<Integer> {
  private static final int MAX_USERS = 50;
  private static final int MAX_ITEMS = 12;

  @Mixin private ShopOptions shop = new ShopOptions();

  @Option(
      names = "--user",
      paramLabel = "ID",
      description = {"Only this user.", "仅此用户。"})
  private @Nullable String user;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = {"Of the network's training.", "随机种子。"})
  private long seed;

  @Option(
      names = "--n",
      defaultValue = "3",
      description = {"How long the list is (default 3).", "推荐列表长度。"})
  private int n;

  @Option(
      names = "--language",
      defaultValue = "en",
      description = {"Of the reasons: en (default) or zh.", "理由的语言：en 或 zh。"})
  private String language = "en";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(spec.commandLine().getErr(), clock);
    PrintWriter out = spec.commandLine().getOut();
    try (ShopStore store = shop.open(clock, progress);
        ReasonedLists lists = ReasonedLists.of(store, clock)) {
      ShopData data = ShopData.of(shop.name(), store.catalog(), store.profiles());
      InterestTable interests = InterestTable.fit(data, seed, TrainingProgress.Listener.NONE);
      out.println("Interest of each user in each item, 0 to 1 / 每个用户对每件商品的兴趣度（0 到 1）");
      for (Profile profile : profiles(store)) {
        out.println();
        print(out, store.catalog(), profile, interests.of(profile.history()));
        lists.of(profile, n, Language.of(language)).forEach(out::println);
      }
      out.flush();
    }
    return 0;
  }

  private List<Profile> profiles(ShopStore store) {
    if (user == null) {
      return store.profiles().shoppers().limit(MAX_USERS).map(store.profiles()::of).toList();
    }
    Profile profile = store.profiles().of(new Shopper.User(new UserId(user)));
    if (profile.lastSeenMillis() == 0) {
      throw new WrongCallException("The shop knows no user " + user + ".", "店铺中没有用户 " + user + "。");
    }
    return List.of(profile);
  }

  private static void print(PrintWriter out, Catalog catalog, Profile profile, float[] interest) {
    out.println(profile.shopper().value());
    IntStream.range(0, interest.length)
        .boxed()
        .sorted((a, b) -> Float.compare(interest[b], interest[a]))
        .limit(MAX_ITEMS)
        .forEach(
            index ->
                out.printf(
                    Locale.ROOT,
                    "  %.3f  %s  %s%n",
                    interest[index],
                    catalog.vocabulary().idOf(index),
                    words(catalog.at(index))));
  }

  private static String words(@Nullable Item item) {
    if (item == null) {
      return "";
    }
    List<String> categories = item.fields().categories();
    String title = item.title().equals(item.itemId().value()) ? "" : item.title() + " ";
    return title + (categories == null ? "" : "(" + String.join(", ", categories) + ")");
  }
}
