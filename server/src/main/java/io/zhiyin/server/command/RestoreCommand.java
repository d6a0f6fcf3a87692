package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.intake.Encoding;
import io.zhiyin.engine.intake.EventTypes;
import io.zhiyin.engine.intake.Importer;
import io.zhiyin.engine.intake.JsonlImporter;
import io.zhiyin.engine.intake.Reject;
import io.zhiyin.server.shop.ExportProof;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `restore`: what `export` wrote, into an empty shop, all of it or nothing of it.
///
/// The file is read twice: first everything is checked, against its proof where there is one, then
/// it is applied. At the end the journal must have the very events of the file. A restore that was
/// cut off goes on when it is called again.
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Bring back an export into an empty data directory, checked by counts and checksum."
          + " Models and keys are not in it: train again, make keys again.",
      "将导出文件恢复到空的数据目录，并以数量与校验和核对；模型与密钥不在其中，需重新训练与创建。"
    })
public final class RestoreCommand implements Callable<Integer> {
  private static final int BATCH = 5_000;

  @Mixin private ShopOptions shop = new ShopOptions();

  @Parameters(
      paramLabel = "FILE",
      description = {"What 'export --to' wrote.", "export --to 写出的文件。"})
  private Path file = Path.of("export.jsonl");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new WrongCallException("There is no file " + file + ".", "文件 " + file + " 不存在。");
    }
    Clock clock = Clock.systemUTC();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(spec.commandLine().getErr(), clock);
    Optional<ExportProof> proof = proof(ExportProof.beside(file));
    try (ShopStore store = shop.openOrCreate(clock, progress)) {
      ExportProof there = ExportProof.of(store.journal());
      ExportProof whole = check(there, proof, progress, clock);
      apply(store, progress, clock);
      ExportProof now = ExportProof.of(store.journal());
      if (!now.equals(whole)) {
        throw new WrongCallException(
            "The shop has "
                + now.events()
                + " events after the restore, and they are not those of "
                + file
                + ": delete the data directory and restore again.",
            "恢复后的数据与 " + file + " 不一致：请删除数据目录后重新恢复。");
      }
      store.snapshot();
      shop.changed(clock, "restored", Map.of("events", "" + now.events()));
      report(store, now, proof.isPresent());
    }
    return 0;
  }

  private static Optional<ExportProof> proof(Path beside) throws IOException {
    if (!Files.exists(beside)) {
      return Optional.empty();
    }
    Optional<ExportProof> proof = ExportProof.read(beside);
    if (proof.isEmpty()) {
      throw new WrongCallException(
          "The proof "
              + beside
              + " is damaged or was written by a newer program: take it from the backup again, or"
              + " move it away to restore without it.",
          "校验文件 " + beside + " 已损坏或来自更新的版本：请重新取回，或移走它以跳过校验。");
    }
    return proof;
  }

  /// Reads the whole file, and refuses it before anything is written.
  private ExportProof check(
      ExportProof there, Optional<ExportProof> proof, ConsoleProgress progress, Clock clock)
      throws IOException {
    ExportProof.Running running = new ExportProof.Running();
    boolean[] begins = {there.events() == 0};
    long[] read = new long[1];
    progress.begin();
    lines(clock)
        .read(
            List.of(file),
            new EachEvent(
                event -> {
                  running.add(event);
                  begins[0] |= ++read[0] == there.events() && running.soFar().equals(there);
                  progress.at("checking / 校验", 0, read[0]);
                }));
    progress.finish();
    ExportProof whole = running.soFar();
    if (proof.isPresent() && !proof.get().equals(whole)) {
      throw new WrongCallException(
          file
              + " is not what was exported (it has "
              + whole.events()
              + " events, its proof says "
              + proof.get().events()
              + "): nothing was restored; take the file from the backup again.",
          file + " 与导出时不一致，未恢复任何内容：请重新取回备份文件。");
    }
    if (!begins[0]) {
      throw new WrongCallException(
          "The shop "
              + shop.shop()
              + " in "
              + shop.data()
              + " has other data already: restore into an empty directory.",
          shop.data() + " 中的店铺 " + shop.shop() + " 已有其他数据：请恢复到空目录。");
    }
    if (whole.events() == 0) {
      throw new WrongCallException("There is nothing in " + file + ".", file + " 中没有内容。");
    }
    return whole;
  }

  private void apply(ShopStore store, ConsoleProgress progress, Clock clock) throws IOException {
    List<Event> batch = new ArrayList<>(BATCH);
    long[] done = new long[1];
    progress.begin();
    lines(clock)
        .read(
            List.of(file),
            new EachEvent(
                event -> {
                  batch.add(event);
                  if (batch.size() == BATCH) {
                    store.append(List.copyOf(batch));
                    batch.clear();
                    progress.at("restoring / 恢复", 0, done[0] += BATCH);
                  }
                }));
    store.append(List.copyOf(batch));
    progress.finish();
  }

  private static Importer lines(Clock clock) {
    return new JsonlImporter(
        clock, EventTypes.with(Map.of()), Encoding.fixed(StandardCharsets.UTF_8));
  }

  private void report(ShopStore store, ExportProof now, boolean proven) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%,14d  events / 事件%n", now.events());
    out.printf(Locale.ROOT, "%,14d  items / 商品%n", store.catalog().documents());
    out.printf(Locale.ROOT, "%,14d  shoppers / 用户%n", store.profiles().size());
    out.println("sha256 " + now.sha256());
    out.println(
        proven
            ? "Restored, and the same as was exported. / 已恢复，与导出时一致。"
            : "Restored as the file has it; there was no "
                + ExportProof.beside(file).getFileName()
                + " to check it by. / 已按文件恢复；没有校验文件可供核对。");
    out.flush();
  }

  /// Takes one event.
  @FunctionalInterface
  private interface Taker {
    void take(Event event) throws IOException;
  }

  /// Takes events in their order, and nothing else: a backup has no bad line.
  private record EachEvent(Taker taker) implements Importer.Sink {
    @Override
    public void event(Event event) throws IOException {
      taker.take(event);
    }

    @Override
    public void item(CatalogEvent item) {
      throw new WrongCallException(
          "An item document is no line of an export: use 'import --format jsonl' for such files.",
          "商品文档不是导出文件的内容：此类文件请用 import --format jsonl。");
    }

    @Override
    public void reject(Reject reject) {
      throw new WrongCallException(
          "Nothing more was restored: "
              + reject.file()
              + ":"
              + reject.line()
              + " is damaged ("
              + reject.field()
              + " "
              + reject.reason()
              + "); take the file from the backup again.",
          reject.file() + " 第 " + reject.line() + " 行已损坏，请重新取回备份文件。");
    }

    @Override
    public void progress(Path file, long bytes) {}

    @Override
    public void note(String message) {}
  }
}
