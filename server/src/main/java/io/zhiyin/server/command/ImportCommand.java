package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.intake.Importer;
import io.zhiyin.engine.intake.Reject;
import io.zhiyin.server.shop.ImportRun;
import io.zhiyin.server.shop.RejectFile;
import io.zhiyin.server.shop.Spool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `import`: foreign files into a shop. Everything is read and checked before anything is applied,
/// and importing the same files again changes nothing.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Import events and items from files. The same file a second time changes nothing.",
      "从文件导入事件与商品；重复导入同一文件不会产生任何变化。"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Mixin private ShopOptions shop = new ShopOptions();
  @Mixin private Formats formats = new Formats();

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = {"Files, gzipped or not, or a folder of a published data set.", "文件或文件夹。"})
  private List<Path> paths = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    Instant start = clock.instant();
    PrintWriter err = spec.commandLine().getErr();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(err, clock);
    Importer importer = formats.importer(clock);
    Path rejected =
        shop.data().resolve("rejects").resolve(STAMP.format(start) + "-" + shop.shop() + ".tsv");
    try (ShopStore store = shop.openOrCreate(clock, progress);
        Spool spool = Spool.open(shop.data().resolve("spool"));
        RejectFile rejects = new RejectFile(rejected);
        ImportRun run =
            new ImportRun(
                store.catalog(), new Into(store), spool, rejects, progress, err::println)) {
      run.read(importer, paths);
      if (run.isEmpty()) {
        throw nothing(run.records(), rejects);
      }
      ImportRun.Counts counts = run.apply();
      shop.changed(clock, "import-ended", details(counts, rejects));
      report(counts, rejects, Duration.between(start, clock.instant()));
      return 0;
    }
  }

  private Map<String, String> details(ImportRun.Counts counts, RejectFile rejects) {
    return Map.of(
        "file",
        paths.stream().map(path -> "" + path.getFileName()).collect(Collectors.joining(", ")),
        "state",
        "done",
        "events",
        "" + counts.events(),
        "items",
        "" + counts.items(),
        "rejected",
        "" + rejects.count());
  }

  private record Into(ShopStore store) implements ImportRun.Target {
    @Override
    public List<Journal.Outcome> append(List<Event> events) throws IOException {
      return store.append(events);
    }

    @Override
    public long end() {
      return store.journal().end();
    }
  }

  private WrongCallException nothing(long records, RejectFile rejects) {
    if (rejects.first().isEmpty()) {
      return new WrongCallException(
          "There was nothing to import in " + paths + ".", paths + " 中没有可导入的内容。");
    }
    Reject first = rejects.first().get();
    String place = first.file() + ":" + first.line();
    return new WrongCallException(
        "Nothing was imported: all "
            + records
            + " records were rejected, the first at "
            + place
            + ": "
            + first.field()
            + " "
            + first.reason()
            + " (was: "
            + first.value()
            + "); all are in "
            + rejects.path()
            + ".",
        "没有导入任何内容：" + records + " 条记录全部被拒绝，首条位于 " + place + "，详见 " + rejects.path() + "。");
  }

  private void report(ImportRun.Counts counts, RejectFile rejects, Duration took) {
    PrintWriter out = spec.commandLine().getOut();
    double seconds = Math.max(0.001, took.toMillis() / 1000.0);
    row(out, "records read", "读取记录", counts.read());
    row(out, "events kept", "新增事件", counts.events());
    row(out, "events known already", "已有事件", counts.duplicates());
    row(out, "items new or changed", "新增或变更商品", counts.items());
    row(out, "items unchanged", "未变商品", counts.unchanged());
    row(out, "records rejected", "拒绝记录", rejects.count());
    for (Map.Entry<String, Long> why : rejects.why()) {
      out.printf(Locale.ROOT, "  %,12d  %s%n", why.getValue(), why.getKey());
    }
    if (rejects.count() > 0) {
      out.println("rejected records / 被拒绝的记录: " + rejects.path());
    }
    out.printf(
        Locale.ROOT,
        "in %.1f s, %,.0f records a second / 用时 %.1f 秒%n",
        seconds,
        counts.read() / seconds,
        seconds);
    out.flush();
  }

  private static void row(PrintWriter out, String english, String chinese, long count) {
    out.printf(Locale.ROOT, "%,14d  %s / %s%n", count, english, chinese);
  }
}
