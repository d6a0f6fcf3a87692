package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.server.audit.AuditEntry;
import io.zhiyin.server.shop.Backup;
import io.zhiyin.server.shop.BackupRun;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Backups of the running shop: made, read again, taken away piece by piece, deleted. A restore is
/// for an empty directory, by `./zhiyin restore`.
final class BackupCalls {
  /// The longest piece that one answer has.
  private static final int PIECE = 8 << 20;

  private static final int ENTRIES = 1_000;

  private final ShopHub shops;

  BackupCalls(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    String one = "/v1/backups/{backupId}";
    return List.of(
        Route.get("/v1/backups", Access.ADMIN, Set.of(), call -> Answer.ok(list(shop(call)))),
        Route.post("/v1/backups", Access.ADMIN, BodyType.NONE, this::begin),
        Route.post("/v1/backups:cancel", Access.ADMIN, BodyType.NONE, this::cancel),
        Route.post(one + ":verify", Access.ADMIN, BodyType.NONE, this::verify),
        Route.get(one + "/content", Access.ADMIN, Set.of("from"), this::content),
        Route.delete(one, Access.ADMIN, this::delete));
  }

  private Answer begin(Call call) throws IOException {
    ShopRuntime shop = shop(call);
    String who = call.authenticated().name();
    try {
      shops.backups().begin(shop, who);
    } catch (IllegalStateException e) {
      throw new ProblemException(Problem.Kind.CONFLICT, String.valueOf(e.getMessage()));
    }
    shop.audit().write(who, "backup-begun", Map.of());
    return Answer.json(202, list(shop));
  }

  private Answer cancel(Call call) throws IOException {
    ShopRuntime shop = shop(call);
    shops.backups().cancel(shop.id());
    return Answer.ok(list(shop));
  }

  private Answer verify(Call call) throws IOException {
    ShopRuntime shop = shop(call);
    try {
      shops.backups().verify(shop, backup(call), call.authenticated().name());
    } catch (IllegalStateException e) {
      throw new ProblemException(Problem.Kind.CONFLICT, String.valueOf(e.getMessage()));
    }
    return Answer.json(202, list(shop));
  }

  private Answer content(Call call) throws IOException {
    Backup backup = backup(call);
    String from = call.parameter("from").orElse("0");
    if (!from.matches("[0-9]{1,18}") || Long.parseLong(from) > backup.bytes()) {
      throw ProblemException.invalid(
          new InvalidFieldException("from", from, "must be a place in the file"));
    }
    if (from.equals("0")) {
      shop(call)
          .audit()
          .write(call.authenticated().name(), "backup-taken", Map.of("backup", backup.id()));
    }
    try (InputStream in = Files.newInputStream(backup.file())) {
      in.skipNBytes(Long.parseLong(from));
      return new Answer(200, "application/octet-stream", in.readNBytes(PIECE), Map.of());
    }
  }

  private Answer delete(Call call) throws IOException {
    Backup backup = backup(call);
    shops.backups().delete(backup);
    shop(call)
        .audit()
        .write(call.authenticated().name(), "backup-deleted", Map.of("backup", backup.id()));
    return Answer.noContent();
  }

  private ShopRuntime shop(Call call) throws IOException {
    return shops.shop(call.authenticated().shop());
  }

  /// Only what the listing has: an id is never a path.
  private Backup backup(Call call) throws IOException {
    String id = call.path("backupId");
    return shops.backups().of(call.authenticated().shop()).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("backup", id));
  }

  private ObjectNode list(ShopRuntime shop) throws IOException {
    // the run before the files: who reads that it is done finds its file
    Optional<BackupRun.Look> run = shops.backups().running(shop.id());
    ObjectNode node = Json.object();
    node.put("directory", shops.root().toAbsolutePath().resolve("backups").toString());
    Instant erased = lastErasure(shop);
    ArrayNode backups = node.putArray("backups");
    for (Backup backup : shops.backups().of(shop.id())) {
      ObjectNode each = backups.addObject().put("backupId", backup.id());
      each.put("file", backup.file().toAbsolutePath().toString());
      each.put("beganAt", backup.began().toString()).put("bytes", backup.bytes());
      backup
          .proof()
          .ifPresent(proof -> each.put("events", proof.events()).put("sha256", proof.sha256()));
      each.put("holdsErased", backup.began().isBefore(erased));
    }
    run.ifPresent(look -> node.set("run", write(look)));
    return node;
  }

  /// Backups from before it hold what was erased since.
  private static Instant lastErasure(ShopRuntime shop) throws IOException {
    return shop.audit().newest(ENTRIES).entries().stream()
        .filter(entry -> entry.what().equals("user-erased"))
        .map(AuditEntry::time)
        .findFirst()
        .orElse(Instant.MIN);
  }

  private static ObjectNode write(BackupRun.Look look) {
    ObjectNode node = Json.object().put("file", look.file().getFileName().toString());
    node.put("task", look.task().name().toLowerCase(Locale.ROOT));
    node.put("state", look.state().name().toLowerCase(Locale.ROOT));
    node.put("share", look.total() == 0 ? 1 : Math.min(1, (double) look.done() / look.total()));
    if (look.failure() != null) {
      node.put("failure", look.failure());
    }
    return node;
  }
}
