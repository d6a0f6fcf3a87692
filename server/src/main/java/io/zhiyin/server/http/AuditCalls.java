package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.server.audit.AuditEntry;
import io.zhiyin.server.audit.AuditLog;
import io.zhiyin.server.shop.ShopHub;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// `GET /v1/audit`: who changed what, the newest first.
final class AuditCalls {
  private static final int MOST = 1_000;

  private final ShopHub shops;

  AuditCalls(ShopHub shops) {
    this.shops = shops;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/audit", Access.ADMIN, Set.of("n"), this::list));
  }

  private Answer list(Call call) throws IOException {
    AuditLog log = shops.shop(call.authenticated().shop()).audit();
    AuditLog.Page page = log.newest(call.number("n", 100, 1, MOST));
    ObjectNode node = Json.object().put("damagedLines", page.damaged());
    ArrayNode entries = node.putArray("entries");
    for (AuditEntry entry : page.entries()) {
      ObjectNode each = entries.addObject();
      each.put("time", entry.time().toString()).put("who", entry.who()).put("what", entry.what());
      ObjectNode details = each.putObject("details");
      entry.details().forEach(details::put);
    }
    return Answer.ok(node);
  }
}
