package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// HetRec 2011 Last.fm: who listened to which artist how often (`user_artists.dat`, `artists.dat`).
///
/// The data has counts but no times. Each pair becomes one detail page view with the count as its
/// quantity; a user's artists follow each other from the least to the most heard, a day apart, so
/// that the favourites are the freshest.
public final class LastfmImporter implements Importer {
  private static final EventId UNNAMED = new EventId("unnamed");
  private static final int MOST = 1_000_000;

  private final Clock clock;

  public LastfmImporter(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void read(List<Path> paths, Sink sink) throws IOException {
    NamedFiles files = NamedFiles.in(paths);
    Path listens = files.require("user_artists.dat", "user_artists.dat"::equals);
    ItemDrafts drafts = new ItemDrafts(clock.instant());
    for (Path path : files.all("artists.dat"::equals)) {
      Lines.read(path, Encoding.detected(), sink, (line, number) -> artist(line, number, drafts));
    }
    Map<UserId, List<ItemLine>> heard = new LinkedHashMap<>();
    Lines.read(listens, Encoding.detected(), sink, (line, number) -> listen(line, number, heard));
    ContentIds ids = ContentIds.counting();
    for (var entry : heard.entrySet()) {
      List<ItemLine> lines = entry.getValue();
      lines.sort(Comparator.comparingInt(ItemLine::quantity));
      for (int i = 0; i < lines.size(); i++) {
        Header header = Header.of(UNNAMED, SyntheticTimes.at(i), entry.getKey());
        sink.event(ids.named(new ShopperEvent.DetailPageView(header, List.of(lines.get(i)))));
        drafts.seen(lines.get(i).itemId(), header.eventTime());
      }
    }
    drafts.writeTo(sink);
  }

  private static void artist(String line, long number, ItemDrafts drafts) {
    String[] cells = Lines.cells(line, "\t", 2);
    if (number == 1 && cells[0].equals("id")) {
      return;
    }
    drafts.add(new ItemId(cells[0]), ItemTable.fields(cells[1], null, null, null, null));
  }

  private static void listen(String line, long number, Map<UserId, List<ItemLine>> heard) {
    String[] cells = Lines.cells(line, "\t", 3);
    if (number == 1 && cells[0].equals("userID")) {
      return;
    }
    double count = Lines.number("weight", cells[2]);
    if (count < 1) {
      throw new InvalidFieldException("weight", cells[2], "must be at least 1");
    }
    ItemLine artist = new ItemLine(new ItemId(cells[1]), (int) Math.min(MOST, count), null, null);
    heard.computeIfAbsent(new UserId(cells[0]), _ -> new ArrayList<>()).add(artist);
  }
}
