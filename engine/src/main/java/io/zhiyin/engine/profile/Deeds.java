package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import java.util.function.IntUnaryOperator;

/// What one shopper did, as far as it is kept, ready to be added to. Not safe for threads.
///
/// @param lines engagements with items, and refusals
/// @param pages category pages and searches
/// @param counts of all events
/// @param others of a visitor what is neither; of a user nothing
record Deeds(EventLog lines, EventLog pages, Counts counts, EventLog others) implements Kept {
  private static final EventLog NO_OTHERS = new EventLog(0);

  /// Whose deeds they are says how many are kept, the newest ones.
  enum Of {
    USER(Profile.MAX_HISTORY, Profile.MAX_PAGE_VIEWS, 0),
    VISITOR(2 * Profile.MAX_HISTORY, 4 * Profile.MAX_PAGE_VIEWS, 400);

    private final int lines;
    private final int pages;
    private final int others;

    Of(int lines, int pages, int others) {
      this.lines = lines;
      this.pages = pages;
      this.others = others;
    }

    /// How many lines are kept, without marks beyond these.
    int mostLines() {
      return lines;
    }

    Deeds none() {
      return new Deeds(
          new EventLog(lines, Profile.MAX_OLDER_MARKS),
          new EventLog(pages),
          new Counts(),
          others == 0 ? NO_OTHERS : new EventLog(others));
    }

    /// What [#put] wrote.
    Deeds take(RecordReader in) {
      return new Deeds(
          EventLog.take(in, lines, Profile.MAX_OLDER_MARKS),
          EventLog.take(in, pages, 0),
          Counts.take(in),
          others == 0 ? NO_OTHERS : EventLog.take(in, others, 0));
    }

    /// Goes past what [#put] wrote.
    ///
    /// @return the largest index of an item
    /// @throws RuntimeException when [#take] could not read it
    int skip(RecordReader in) {
      int largest = LogLines.skip(in, lines);
      largest = Math.max(largest, LogLines.skip(in, Profile.MAX_OLDER_MARKS));
      largest = Math.max(largest, LogLines.skip(in, pages));
      Counts.skip(in);
      return others > 0 ? Math.max(largest, LogLines.skip(in, others)) : largest;
    }

    /// @param places where each item's index goes
    void put(Deeds deeds, RecordWriter out, IntUnaryOperator places) {
      deeds.lines.put(out, places);
      deeds.pages.put(out, places);
      deeds.counts.put(out);
      if (others > 0) {
        deeds.others.put(out, places);
      }
    }
  }

  @Override
  public Deeds unpacked(Of whose) {
    return this;
  }

  @Override
  public History history(Of whose) {
    return lines.toHistory(false);
  }
}
