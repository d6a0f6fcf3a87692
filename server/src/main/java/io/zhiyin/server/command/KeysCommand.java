package io.zhiyin.server.command;

import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.config.ApiKey;
import io.zhiyin.server.config.KeyFile;
import io.zhiyin.server.config.KeyRing;
import io.zhiyin.server.config.Role;
import io.zhiyin.server.config.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `keys`: makes, lists and revokes the keys of a data directory. A running server takes them over
/// within a second or two.
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = {"Create, list and revoke API keys.", "创建、列出与吊销接口密钥。"})
public final class KeysCommand {
  private static final int REFUSED = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {"Create a key and print it, this once.", "创建一个密钥并打印，仅此一次。"})
  int create(
      @Option(names = "--data", required = true, paramLabel = "DIR") Path data,
      @Option(names = "--role", required = true, description = "browser, server or admin. 角色")
          String role,
      @Option(names = "--shop", defaultValue = "default") String shop)
      throws IOException {
    try {
      Role wanted =
          Role.of(role)
              .orElseThrow(
                  () ->
                      new SettingsException(
                          "There is no role '" + role + "'. Use browser, server or admin."));
      KeyFile file = new KeyFile(data);
      KeyRing.Created created =
          file.load()
              .create(
                  wanted,
                  new ShopId(shop),
                  Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS),
                  new SecureRandom());
      file.save(created.ring());
      Map<String, String> made =
          Map.of("key", created.key().id(), "role", created.key().role().wireName());
      note(data, created.key().shop(), "key-created", made);
      out().println(created.text());
      return 0;
    } catch (SettingsException | InvalidFieldException e) {
      return refuse(e);
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {"List the keys, without their secrets.", "列出密钥，不含密文。"})
  int list(@Option(names = "--data", required = true, paramLabel = "DIR") Path data) {
    try {
      for (ApiKey key : new KeyFile(data).load().keys()) {
        out()
            .println(
                "%s  %-7s  %s  %s"
                    .formatted(key.id(), key.role().wireName(), key.shop(), key.created()));
      }
      return 0;
    } catch (SettingsException e) {
      return refuse(e);
    }
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = {"Revoke one key.", "吊销一个密钥。"})
  int revoke(
      @Option(names = "--data", required = true, paramLabel = "DIR") Path data,
      @Parameters(paramLabel = "ID", description = "As 'keys list' shows it.") String id)
      throws IOException {
    try {
      KeyFile file = new KeyFile(data);
      KeyRing before = file.load();
      KeyRing after = before.without(id);
      if (after.keys().size() == before.keys().size()) {
        throw new SettingsException("There is no key '" + id + "'. 'zhiyin keys list' shows them.");
      }
      file.save(after);
      for (ApiKey key : before.keys()) {
        if (key.id().equals(id)) {
          note(data, key.shop(), "key-revoked", Map.of("key", id));
        }
      }
      return 0;
    } catch (SettingsException e) {
      return refuse(e);
    }
  }

  /// The log lies in the shop's folder, which a shop that has no data yet does not have.
  private static void note(Path data, ShopId shop, String what, Map<String, String> details) {
    if (Files.isDirectory(data.resolve("shops").resolve(shop.value()))) {
      Changes.note(data, shop, Clock.systemUTC(), what, details);
    }
  }

  private int refuse(RuntimeException e) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(e.getMessage());
    err.flush();
    return REFUSED;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
