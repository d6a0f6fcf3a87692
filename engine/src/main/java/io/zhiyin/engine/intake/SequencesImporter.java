package io.zhiyin.engine.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemFields;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.UserId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One line a user: the user, then the items in the order in which they were taken, parted by
/// blanks. Times are made up, a day from item to item.
///
/// Titles come from a table of items, attributes (which become tags) from a JSON object of item to
/// list of ids.
public final class SequencesImporter implements Importer {
  private static final EventId UNNAMED = new EventId("unnamed");

  private final Clock clock;
  private final EventKind kind;
  private final Optional<Path> items;
  private final Optional<Path> attributes;

  /// @param kind what taking an item was
  public SequencesImporter(
      Clock clock, EventKind kind, Optional<Path> items, Optional<Path> attributes) {
    this.clock = clock;
    this.kind = kind;
    this.items = items;
    this.attributes = attributes;
  }

  @Override
  public void read(List<Path> paths, Sink sink) throws IOException {
    ItemDrafts drafts = new ItemDrafts(clock.instant());
    if (items.isPresent()) {
      new ItemTable(clock).read(items.get(), drafts, sink);
    }
    if (attributes.isPresent()) {
      readAttributes(attributes.get(), drafts);
    }
    ContentIds ids = ContentIds.counting();
    for (Path path : paths) {
      Lines.read(path, Encoding.detected(), sink, (line, _) -> sequence(line, ids, drafts, sink));
    }
    drafts.writeTo(sink);
  }

  private void sequence(String line, ContentIds ids, ItemDrafts drafts, Sink sink)
      throws IOException {
    String[] names = line.strip().split("\\s+", -1);
    if (names.length < 2) {
      throw new InvalidFieldException("line", line, "has a user but no item");
    }
    UserId user = new UserId(names[0]);
    List<ItemLine> taken = new ArrayList<>(names.length - 1);
    for (int i = 1; i < names.length; i++) {
      taken.add(ItemLine.of(names[i]));
    }
    for (int i = 0; i < taken.size(); i++) {
      Header header = Header.of(UNNAMED, SyntheticTimes.at(i), user);
      sink.event(ids.named(EventJson.plain(kind, header, List.of(taken.get(i)))));
      ItemId item = taken.get(i).itemId();
      drafts.add(item, ItemFields.NONE);
      drafts.seen(item, header.eventTime());
    }
  }

  /// `{"item": [1, 2], …}`, read as a stream.
  private static void readAttributes(Path path, ItemDrafts drafts) throws IOException {
    try (SourceFile source = SourceFile.open(path, Encoding.detected());
        JsonParser parser = JsonTree.FACTORY.createParser(source.reader())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw notAttributes(path, "no object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        ItemId item = new ItemId(parser.currentName());
        if (parser.nextToken() != JsonToken.START_ARRAY) {
          throw notAttributes(path, "item " + item + " has no list");
        }
        List<String> tags = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          tags.add(parser.getText());
        }
        drafts.add(item, ItemTable.tags(tags));
      }
    } catch (JsonProcessingException e) {
      throw notAttributes(path, e.getOriginalMessage());
    } catch (InvalidFieldException e) {
      throw notAttributes(path, String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      throw Encoding.wrong(path);
    }
  }

  private static UnusableFileException notAttributes(Path path, String why) {
    return new UnusableFileException(
        path,
        "is not a JSON object of item to list of attribute ids (" + why + ")",
        "不是“商品 → 属性编号列表”形式的 JSON 对象");
  }
}
