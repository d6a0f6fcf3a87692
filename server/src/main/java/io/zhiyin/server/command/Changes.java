package io.zhiyin.server.command;

import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.audit.AuditLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/// What commands changed, in the same audit log that a server keeps of its shop.
final class Changes {
  /// Who did it, beside the ids of keys: somebody at this machine.
  private static final String WHO = "command";

  private Changes() {}

  /// Notes a change that was made, with the account of the machine that made it.
  static void note(Path data, ShopId shop, Clock clock, String what, Map<String, String> details) {
    Map<String, String> all = new TreeMap<>(details);
    all.put("account", System.getProperty("user.name", ""));
    Path log = data.resolve("shops").resolve(shop.value()).resolve("audit");
    new AuditLog(log, clock).write(WHO, what, all);
  }
}
