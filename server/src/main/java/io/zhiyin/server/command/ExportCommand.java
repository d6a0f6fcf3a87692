package io.zhiyin.server.command;

import io.zhiyin.cluster.state.ShopStore;
import io.zhiyin.engine.intake.JournalJson;
import io.zhiyin.server.shop.ExportProof;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `export`: everything that happened in a shop, one JSON object a line, as `import --format jsonl`
/// reads it, and beside it a proof by which `restore` tells whether the file is whole.
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write all events and items as JSON lines; 'restore' or 'import --format jsonl' read them.",
      "将全部事件与商品写为 JSON 行，可用 restore 或 import --format jsonl 读回。"
    })
public final class ExportCommand implements Callable<Integer> {
  @Mixin private ShopOptions shop = new ShopOptions();

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = {"The file to write; standard output when not given.", "输出文件，缺省为标准输出。"})
  private @Nullable Path file;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    PrintWriter err = spec.commandLine().getErr();
    ConsoleProgress progress = ConsoleProgress.ofThisProcess(err, clock);
    try (ShopStore store = shop.open(clock, progress)) {
      if (file == null) {
        write(store, spec.commandLine().getOut(), progress);
        spec.commandLine().getOut().flush();
        return 0;
      }
      Path partial = file.resolveSibling(file.getFileName() + ".partial");
      ExportProof proof;
      try (Writer out = Files.newBufferedWriter(partial, StandardCharsets.UTF_8)) {
        proof = write(store, out, progress);
      } catch (IOException e) {
        Files.deleteIfExists(partial);
        throw e;
      }
      Files.deleteIfExists(ExportProof.beside(file));
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
      proof.write(ExportProof.beside(file));
      err.printf(Locale.ROOT, "%,d events written to / 已写入 %s%n", proof.events(), file);
      return 0;
    }
  }

  private static ExportProof write(ShopStore store, Writer out, ConsoleProgress progress)
      throws IOException {
    long end = store.journal().end();
    ExportProof.Running proof = new ExportProof.Running();
    progress.begin();
    try {
      store
          .journal()
          .read(
              0,
              (offset, event) -> {
                proof.add(event);
                try {
                  out.write(JournalJson.write(event).toString());
                  out.write('\n');
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
                progress.at("writing / 写出", (offset + 1.0) / end, offset + 1);
              });
      return proof.soFar();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      progress.finish();
    }
  }
}
