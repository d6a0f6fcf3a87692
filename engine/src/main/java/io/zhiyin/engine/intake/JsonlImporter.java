package io.zhiyin.engine.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// Our own events and items, one JSON object a line, mixed or in files of their own: an object with
/// `eventType` is an event, one without is an item.
public final class JsonlImporter implements Importer {
  private final Clock clock;
  private final EventTypes types;
  private final Encoding encoding;

  public JsonlImporter(Clock clock, EventTypes types, Encoding encoding) {
    this.clock = clock;
    this.types = types;
    this.encoding = encoding;
  }

  @Override
  public void read(List<Path> paths, Sink sink) throws IOException {
    ContentIds ids = ContentIds.counting();
    JournalJson journal = new JournalJson(EventJson.recorded(clock, types, ids), types);
    ItemDrafts drafts = new ItemDrafts(clock.instant());
    for (Path path : paths) {
      Lines.read(path, encoding, sink, (line, _) -> read(line, journal, drafts, sink));
    }
    drafts.writeTo(sink);
  }

  private static void read(String line, JournalJson journal, ItemDrafts drafts, Sink sink)
      throws IOException {
    JsonNode node = tree(line);
    if (node.has("eventType")) {
      sink.event(journal.read(node));
      return;
    }
    JsonFields document = new JsonFields(node, "", ItemJson.DOCUMENT);
    drafts.replace(new ItemId(document.required("itemId")), ItemJson.fields(document));
  }

  private static JsonNode tree(String line) throws IOException {
    try (JsonParser parser = JsonTree.FACTORY.createParser(line)) {
      parser.nextToken();
      JsonNode node = JsonTree.read(parser);
      if (parser.nextToken() != null) {
        throw new InvalidFieldException("line", line, "has more than one value");
      }
      return node;
    } catch (JsonProcessingException e) {
      InvalidFieldException refusal = JsonTree.notJson(e);
      throw new InvalidFieldException("line", line, refusal.reason());
    }
  }
}
