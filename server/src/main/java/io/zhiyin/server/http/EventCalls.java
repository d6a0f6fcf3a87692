package io.zhiyin.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.intake.Batch;
import io.zhiyin.engine.intake.EventJson;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.shop.ShopRuntime;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `POST /v1/events`: what shoppers did. Answered when the good ones are on disk and folded.
final class EventCalls {
  private final ShopHub shops;
  private final EventJson json;
  private final Meters meters;

  EventCalls(ShopHub shops, Clock clock, Meters meters) {
    this.shops = shops;
    this.json = EventJson.arriving(clock);
    this.meters = meters;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/events", Access.BROWSER, BodyType.BATCH, this::post).as(Load.WRITES));
  }

  private Answer post(Call call) throws IOException {
    ShopRuntime shop = shops.shop(call.authenticated().shop());
    Batch<ShopperEvent> batch = json.readBatch(call.body());
    meters.rejected(shop.id(), batch.rejected().size());
    List<Journal.Outcome> outcomes = append(shop, batch.kept());
    int duplicates = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      boolean duplicate = outcomes.get(i).duplicate();
      duplicates += duplicate ? 1 : 0;
      meters.events(shop.id(), batch.kept().get(i).kind(), duplicate ? "duplicate" : "accepted");
    }
    return counted("events", outcomes.size() - duplicates, duplicates, batch.rejected());
  }

  private static List<Journal.Outcome> append(ShopRuntime shop, List<? extends Event> events)
      throws IOException {
    return events.isEmpty() ? List.of() : shop.append(List.copyOf(events));
  }

  /// `{accepted, duplicates, rejected, errors[]}`, or a problem document when nothing was good.
  static Answer counted(String what, int accepted, int duplicates, List<Batch.Rejection> rejected) {
    List<Problem.FieldError> errors = new ArrayList<>();
    for (Batch.Rejection r : rejected) {
      errors.add(new Problem.FieldError(r.index(), r.field(), r.value(), r.reason()));
    }
    if (accepted + duplicates == 0) {
      throw new ProblemException(
          new Problem(Problem.Kind.INVALID_INPUT, "None of the " + what + " was accepted.", errors),
          Map.of());
    }
    ObjectNode node = Json.object();
    node.put("accepted", accepted).put("duplicates", duplicates).put("rejected", errors.size());
    node.set("errors", Answer.errors(errors));
    return Answer.ok(node);
  }
}
