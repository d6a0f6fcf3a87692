package io.zhiyin.engine.intake;

import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.SessionId;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.VisitorId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// RecSys Challenge 2015: anonymous sessions of clicks and what was bought, as published
/// (`yoochoose-clicks.dat`, `yoochoose-buys.dat`) or as later papers cut it (a table with
/// `SessionId`, `ItemId`, `Time`). Each session is a visitor of its own.
public final class YoochooseImporter implements Importer {
  private static final EventId UNNAMED = new EventId("unnamed");

  private final Clock clock;

  public YoochooseImporter(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void read(List<Path> paths, Sink sink) throws IOException {
    List<Path> files =
        NamedFiles.in(paths).all(name -> name.endsWith(".tsv") || name.endsWith(".dat"));
    if (files.isEmpty()) {
      throw new UnusableFileException(
          paths.getFirst(), "has no .tsv or .dat file", "里没有 .tsv 或 .dat 文件");
    }
    ContentIds ids = ContentIds.counting();
    for (Path path : files) {
      boolean buys = NamedFiles.nameOf(path).contains("buys");
      String separator = NamedFiles.nameOf(path).endsWith(".tsv") ? "\t" : ",";
      Lines.read(
          path,
          Encoding.detected(),
          sink,
          (line, number) -> {
            if (number == 1 && line.startsWith("SessionId")) {
              return;
            }
            String[] cells = Lines.cells(line, separator, buys ? 5 : 3);
            sink.event(ids.named(buys ? purchase(cells) : click(cells)));
          });
    }
  }

  private ShopperEvent click(String[] cells) {
    boolean table = Times.isEpoch(cells[2].strip());
    Header header = header(cells[0], cells[table ? 2 : 1]);
    return new ShopperEvent.DetailPageView(
        header, List.of(ItemLine.of(cells[table ? 1 : 2].strip())));
  }

  private ShopperEvent purchase(String[] cells) {
    double price = Lines.number("price", cells[3]);
    double quantity = Lines.number("quantity", cells[4]);
    if (quantity < 1) {
      throw new InvalidFieldException("quantity", cells[4], "is not known");
    }
    ItemLine line =
        new ItemLine(new ItemId(cells[2].strip()), (int) quantity, price == 0 ? null : price, null);
    return new ShopperEvent.PurchaseComplete(header(cells[0], cells[1]), List.of(line));
  }

  private Header header(String session, String time) {
    Instant at = Times.possible("time", Times.parse("time", time), clock.instant());
    String id = session.strip();
    return new Header(
        UNNAMED, at, null, new VisitorId(id), new SessionId(id), null, null, Map.of());
  }
}
