package io.zhiyin.engine.model;

import io.zhiyin.engine.event.EventKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Which kinds of event a model knows, each with its row in the table of event types. A model
/// carries its own list, so that kinds added later do not shift the rows of older models.
public final class EventTypes {
  private final List<EventKind> kinds;
  private final byte[] rows = new byte[64];

  /// @param kinds in the order of the table's rows
  public EventTypes(List<EventKind> kinds) {
    this.kinds = List.copyOf(kinds);
    Arrays.fill(rows, (byte) -1);
    for (int row = 0; row < this.kinds.size(); row++) {
      rows[this.kinds.get(row).code()] = (byte) row;
    }
  }

  /// All kinds that belong to a typed history, in the order of their codes.
  public static EventTypes engagements() {
    return new EventTypes(
        Arrays.stream(EventKind.values())
            .filter(EventKind::isEngagement)
            .sorted(Comparator.comparingInt(EventKind::code))
            .toList());
  }

  /// The row of the kind with that code, or -1 when the model does not know it.
  public int row(byte kindCode) {
    return kindCode >= 0 && kindCode < rows.length ? rows[kindCode] : -1;
  }

  public List<EventKind> kinds() {
    return kinds;
  }

  public int size() {
    return kinds.size();
  }
}
