package io.zhiyin.lab.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.intake.ContentIds;
import io.zhiyin.engine.intake.EventJson;
import io.zhiyin.engine.intake.EventTypes;
import io.zhiyin.engine.intake.ItemJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// What a simulated shop sells and what happened in it, as events of the product.
public final class ShopPast {
  private ShopPast() {}

  /// Items, then history, as the demo would import them: through the doors that import uses.
  ///
  /// @param folder where the two files are written
  public static List<Event> events(SimulatedShop shop, Path folder, Clock clock)
      throws IOException {
    ShopFiles files = new ShopFiles(shop);
    Path items = folder.resolve("items.jsonl");
    Path history = folder.resolve("events.jsonl");
    files.writeItems(items);
    files.writeEvents(history, ShopHistory.of(shop));
    ObjectMapper json = new ObjectMapper();
    ItemJson itemDoor = new ItemJson(clock);
    EventJson eventDoor = EventJson.recorded(clock, EventTypes.common(), ContentIds.single());
    List<Event> events = new ArrayList<>();
    for (String line : Files.readAllLines(items)) {
      events.add(itemDoor.readPut(json.readTree(line)));
    }
    for (String line : Files.readAllLines(history)) {
      events.add(eventDoor.read(json.readTree(line)));
    }
    return events;
  }
}
