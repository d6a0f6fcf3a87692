package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.event.UserId;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `erase`: forgets one user, in memory and on disk.
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Forget one user: profile and records, also on disk. This cannot be undone.",
      "删除一个用户的画像与全部记录（含磁盘），不可恢复。"
    })
public final class EraseCommand implements Callable<Integer> {
  @Mixin private ShopOptions shop = new ShopOptions();

  @Option(
      names = "--user",
      required = true,
      paramLabel = "ID",
      description = {"The user to forget.", "要删除的用户。"})
  private String user = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(spec.commandLine().getErr(), clock);
    UserId id = new UserId(user);
    try (ShopStore store = shop.open(clock, progress)) {
      EventId request = new EventId("erase-" + UUID.randomUUID());
      store.append(List.of(new UserErased(request, clock.instant(), id)));
      // Not whom: the log must not remember who asked to be forgotten.
      shop.changed(clock, "user-erased", Map.of());
    }
    spec.commandLine().getOut().println("User " + id + " is forgotten. / 用户 " + id + " 已删除。");
    return 0;
  }
}
