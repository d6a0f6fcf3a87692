package io.zhiyin.engine.intake;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// How a table of any origin is to be understood.
///
/// @param columns field to the header of its column (or, in a table without a header line, the
///   column's number from 1); fields that are not named are found by their usual headers
/// @param constants field to the value that every row has
/// @param types the words for kinds of event
/// @param delimiter what parts the cells; found from the first line when empty
public record TableOptions(
    Clock clock,
    Map<String, String> columns,
    Map<String, String> constants,
    EventTypes types,
    Encoding encoding,
    LocalTimes times,
    Optional<Character> delimiter,
    Header header,
    Returns returns) {

  /// Whether the first line names the columns.
  public enum Header {
    NAMED,
    NUMBERED
  }

  /// What a row with a quantity below zero is.
  public enum Returns {
    /// A row that is not taken, with its line in the reject file.
    REJECT,
    /// The item went out of the cart again, as many pieces as the number says.
    REMOVE_FROM_CART
  }

  public TableOptions {
    columns = Map.copyOf(columns);
    constants = Map.copyOf(constants);
  }

  /// Everything is found from the table itself.
  public static TableOptions plain(Clock clock) {
    return new TableOptions(
        clock,
        Map.of(),
        Map.of(),
        EventTypes.common(),
        Encoding.detected(),
        LocalTimes.absolute(),
        Optional.empty(),
        Header.NAMED,
        Returns.REJECT);
  }

  /// These options, for tables whose columns are known by number.
  TableOptions numbered(Map<String, String> numbers, char parting) {
    return new TableOptions(
        clock,
        numbers,
        constants,
        types,
        encoding,
        times,
        Optional.of(parting),
        Header.NUMBERED,
        returns);
  }
}
