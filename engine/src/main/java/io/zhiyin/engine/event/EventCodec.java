package io.zhiyin.engine.event;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Events as bytes at rest: one byte of version, four of CRC32C over the rest and the version, then
/// the kind and its fields. The same event always gives the same bytes.
///
/// Fields are never reordered; a change of the format is a new [#VERSION], and this program then
/// still reads the older ones.
public final class EventCodec {
  /// The format that is written.
  public static final int VERSION = 1;

  private static final int HEAD = 5;

  private EventCodec() {}

  public static byte[] encode(Event event) {
    RecordWriter out = new RecordWriter();
    out.oneByte(VERSION).oneByte(0).oneByte(0).oneByte(0).oneByte(0);
    out.oneByte(event.kind().code()).text(event.eventId().value());
    switch (event) {
      case ShopperEvent shopper -> putShopperEvent(out, shopper);
      case CatalogEvent change -> putCatalogEvent(out, change);
      case UserErased erased -> out.time(erased.eventTime()).text(erased.userId().value());
    }
    byte[] record = out.toBytes();
    ByteBuffer.wrap(record).putInt(1, checksum(record));
    return record;
  }

  /// @throws UnreadableRecordException when the record is damaged or newer than this program
  public static Event decode(byte[] record) throws UnreadableRecordException {
    if (record.length > 0 && record[0] > VERSION) {
      throw new UnreadableRecordException(
          "An event record has format "
              + record[0]
              + ", and this program reads formats up to "
              + VERSION
              + ": start a newer version of Zhiyin on this data.");
    }
    if (record.length <= HEAD
        || record[0] != VERSION
        || ByteBuffer.wrap(record).getInt(1) != checksum(record)) {
      throw damaged("its checksum does not match", null);
    }
    try {
      RecordReader in = new RecordReader(record, HEAD);
      EventKind kind = EventKind.ofCode(in.oneByte());
      Event event = event(kind, new EventId(in.text()), in);
      if (!in.atEnd()) {
        throw damaged("it has bytes after its end", null);
      }
      return event;
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | java.time.DateTimeException
        | ArithmeticException malformed) {
      throw damaged(String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private static UnreadableRecordException damaged(String how, @Nullable Throwable cause) {
    String message =
        "An event record is damaged ("
            + how
            + "): stop the program and restore the data directory from a backup.";
    return cause == null
        ? new UnreadableRecordException(message)
        : new UnreadableRecordException(message, cause);
  }

  private static int checksum(byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(record, 0, 1);
    crc.update(record, HEAD, record.length - HEAD);
    return (int) crc.getValue();
  }

  private static Event event(EventKind kind, EventId id, RecordReader in) {
    return switch (kind) {
      case HOME_PAGE_VIEW -> new ShopperEvent.HomePageView(header(id, in));
      case CATEGORY_PAGE_VIEW -> new ShopperEvent.CategoryPageView(header(id, in), in.text());
      case DETAIL_PAGE_VIEW -> new ShopperEvent.DetailPageView(header(id, in), lines(in));
      case SEARCH -> new ShopperEvent.Search(header(id, in), in.text(), lines(in));
      case ADD_TO_CART -> new ShopperEvent.AddToCart(header(id, in), lines(in));
      case REMOVE_FROM_CART -> new ShopperEvent.RemoveFromCart(header(id, in), lines(in));
      case ADD_TO_FAVORITES -> new ShopperEvent.AddToFavorites(header(id, in), lines(in));
      case PURCHASE_COMPLETE -> new ShopperEvent.PurchaseComplete(header(id, in), lines(in));
      case IMPRESSION -> new ShopperEvent.Impression(header(id, in), lines(in));
      case CLICK -> new ShopperEvent.Click(header(id, in), lines(in));
      case RATING -> new ShopperEvent.Rating(header(id, in), lines(in), in.real());
      case LOGIN -> new ShopperEvent.Login(header(id, in));
      case REMOVE_FROM_FAVORITES -> new ShopperEvent.RemoveFromFavorites(header(id, in), lines(in));
      case NOT_INTERESTED -> new ShopperEvent.NotInterested(header(id, in), lines(in));
      case ITEM_PUT ->
          new CatalogEvent.ItemPut(id, in.time(), new ItemId(in.text()), FieldsCodec.take(in));
      case ITEM_PATCH ->
          new CatalogEvent.ItemPatch(id, in.time(), new ItemId(in.text()), FieldsCodec.take(in));
      case ITEM_DELETE -> new CatalogEvent.ItemDelete(id, in.time(), new ItemId(in.text()));
      case USER_ERASE -> new UserErased(id, in.time(), new UserId(in.text()));
    };
  }

  private static void putCatalogEvent(RecordWriter out, CatalogEvent event) {
    out.time(event.eventTime()).text(event.itemId().value());
    switch (event) {
      case CatalogEvent.ItemPut put -> FieldsCodec.put(out, put.fields());
      case CatalogEvent.ItemPatch patch -> FieldsCodec.put(out, patch.fields());
      case CatalogEvent.ItemDelete _ -> {}
    }
  }

  private static void putShopperEvent(RecordWriter out, ShopperEvent event) {
    putHeader(out, event.header());
    switch (event) {
      case ShopperEvent.HomePageView _, ShopperEvent.Login _ -> {}
      case ShopperEvent.CategoryPageView view -> out.text(view.category());
      case ShopperEvent.Search search -> putLines(out.text(search.query()), search.items());
      case ShopperEvent.Rating rating -> putLines(out, rating.items()).real(rating.value());
      case ShopperEvent.DetailPageView _,
          ShopperEvent.AddToCart _,
          ShopperEvent.RemoveFromCart _,
          ShopperEvent.AddToFavorites _,
          ShopperEvent.RemoveFromFavorites _,
          ShopperEvent.NotInterested _,
          ShopperEvent.PurchaseComplete _,
          ShopperEvent.Impression _,
          ShopperEvent.Click _ ->
          putLines(out, event.items());
    }
  }

  private static void putHeader(RecordWriter out, Header header) {
    out.time(header.eventTime());
    @Nullable String[] optional = {
      header.user() == null ? null : header.user().value(),
      header.visitor() == null ? null : header.visitor().value(),
      header.session() == null ? null : header.session().value(),
      header.scenario(),
      header.recommendation() == null ? null : header.recommendation().value()
    };
    int given = header.attributes().isEmpty() ? 0 : 1 << optional.length;
    for (int i = 0; i < optional.length; i++) {
      given |= optional[i] == null ? 0 : 1 << i;
    }
    out.oneByte(given);
    for (String value : optional) {
      if (value != null) {
        out.text(value);
      }
    }
    if (!header.attributes().isEmpty()) {
      out.map(header.attributes());
    }
  }

  private static Header header(EventId id, RecordReader in) {
    Instant time = in.time();
    int given = in.oneByte();
    return new Header(
        id,
        time,
        (given & 1) == 0 ? null : new UserId(in.text()),
        (given & 2) == 0 ? null : new VisitorId(in.text()),
        (given & 4) == 0 ? null : new SessionId(in.text()),
        (given & 8) == 0 ? null : in.text(),
        (given & 16) == 0 ? null : new RecommendationId(in.text()),
        (given & 32) == 0 ? Map.of() : in.map());
  }

  private static RecordWriter putLines(RecordWriter out, List<ItemLine> lines) {
    out.number(lines.size());
    for (ItemLine line : lines) {
      Double price = line.price();
      Integer position = line.position();
      out.text(line.itemId().value());
      out.number(
          ((long) line.quantity() << 2) | (price == null ? 0 : 1) | (position == null ? 0 : 2));
      if (price != null) {
        out.real(price);
      }
      if (position != null) {
        out.number(position);
      }
    }
    return out;
  }

  private static List<ItemLine> lines(RecordReader in) {
    int n = in.count();
    List<ItemLine> lines = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      ItemId item = new ItemId(in.text());
      long head = in.number();
      Double price = (head & 1) == 0 ? null : Double.valueOf(in.real());
      Integer position = (head & 2) == 0 ? null : Integer.valueOf(Math.toIntExact(in.number()));
      lines.add(new ItemLine(item, Math.toIntExact(head >>> 2), price, position));
    }
    return lines;
  }
}
