package io.zhiyin.engine.intake;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.zhiyin.engine.event.EventId;
import io.zhiyin.engine.event.Header;
import io.zhiyin.engine.event.InvalidFieldException;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.ItemLine;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// MovieLens as GroupLens publishes it: 100k (`u.data`, `u.item`, `u.genre`), 1M and 10M
/// (`ratings.dat`, `movies.dat`), and the newer ones (`ratings.csv`, `movies.csv`).
public final class MovieLensImporter implements Importer {
  private static final EventId UNNAMED = new EventId("unnamed");
  private static final DateTimeFormatter RELEASE =
      DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ENGLISH);
  private static final Encoding LATIN = Encoding.fixed(StandardCharsets.ISO_8859_1);
  private static final int FIRST_GENRE = 5;

  private final Clock clock;

  public MovieLensImporter(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void read(List<Path> paths, Sink sink) throws IOException {
    NamedFiles files = NamedFiles.in(paths);
    Path ratings =
        files.require(
            "u.data, ratings.dat or ratings.csv",
            name ->
                name.equals("u.data") || name.equals("ratings.dat") || name.equals("ratings.csv"));
    ItemDrafts drafts = new ItemDrafts(clock.instant());
    ContentIds ids = ContentIds.counting();
    switch (NamedFiles.nameOf(ratings)) {
      case "u.data" -> {
        List<String> genres = genres(files, sink);
        for (Path path : files.all("u.item"::equals)) {
          Lines.read(path, LATIN, sink, (line, _) -> movie100k(line, genres, drafts));
        }
        ratings(ratings, "\t", ids, drafts, sink);
      }
      case "ratings.dat" -> {
        for (Path path : files.all("movies.dat"::equals)) {
          Lines.read(path, Encoding.detected(), sink, (line, _) -> movie(line, drafts));
        }
        ratings(ratings, "::", ids, drafts, sink);
      }
      default -> {
        Optional<Path> movies = files.find("movies.csv"::equals);
        if (movies.isPresent()) {
          movieTable(movies.get(), drafts, sink);
        }
        ratings(ratings, ",", ids, drafts, sink);
      }
    }
    drafts.writeTo(sink);
  }

  private static void ratings(
      Path path, String separator, ContentIds ids, ItemDrafts drafts, Sink sink)
      throws IOException {
    Lines.read(
        path,
        Encoding.detected(),
        sink,
        (line, number) -> {
          if (number == 1 && line.startsWith("userId")) {
            return;
          }
          String[] cells = Lines.cells(line, separator, 4);
          Instant time = Times.parse("timestamp", cells[3]);
          Header header = Header.of(UNNAMED, time, new UserId(cells[0].strip()));
          List<ItemLine> lines = List.of(ItemLine.of(cells[1].strip()));
          double value = Lines.number("rating", cells[2]);
          sink.event(ids.named(new ShopperEvent.Rating(header, lines, value)));
          drafts.seen(lines.getFirst().itemId(), time);
        });
  }

  private static List<String> genres(NamedFiles files, Sink sink) throws IOException {
    List<String> genres = new ArrayList<>();
    for (Path path : files.all("u.genre"::equals)) {
      Lines.read(path, LATIN, sink, (line, _) -> genres.add(Lines.cells(line, "\\|", 2)[0]));
    }
    return genres;
  }

  private static void movie100k(String line, List<String> genres, ItemDrafts drafts) {
    String[] cells = Lines.cells(line, "\\|", FIRST_GENRE);
    Stream<String> own =
        IntStream.range(0, Math.min(genres.size(), cells.length - FIRST_GENRE))
            .filter(i -> cells[FIRST_GENRE + i].equals("1"))
            .mapToObj(genres::get)
            .filter(genre -> !genre.equals("unknown"));
    drafts.add(
        new ItemId(cells[0]),
        ItemTable.fields(cells[1], ItemTable.flat(own), null, null, released(cells[2])));
  }

  private static @Nullable Instant released(String text) {
    try {
      return text.isEmpty()
          ? null
          : LocalDate.parse(text, RELEASE).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidFieldException("release date", text, "must be a date such as 01-Jan-1995");
    }
  }

  private static void movie(String line, ItemDrafts drafts) {
    String[] cells = Lines.cells(line, "::", 3);
    add(cells[0], cells[1], cells[2], drafts);
  }

  private static void add(String id, String title, String genres, ItemDrafts drafts) {
    Stream<String> own =
        Stream.of(genres.split("\\|", -1)).filter(genre -> !genre.startsWith("(no genres"));
    drafts.add(
        new ItemId(id.strip()), ItemTable.fields(title, ItemTable.flat(own), null, null, null));
  }

  private static void movieTable(Path path, ItemDrafts drafts, Sink sink) throws IOException {
    try (Table table =
        Table.open(path, Encoding.detected(), Optional.of(','), TableOptions.Header.NAMED)) {
      for (Optional<CsvRecord> next = table.next(); next.isPresent(); next = table.next()) {
        CsvRecord cells = next.get();
        sink.progress(path, table.bytesRead());
        if (cells.getFieldCount() < 3) {
          sink.reject(
              new Reject(
                  path, cells.getStartingLineNumber(), "line", cells.toString(), "has no genres"));
          continue;
        }
        add(cells.getField(0), cells.getField(1), cells.getField(2), drafts);
      }
    }
  }
}
