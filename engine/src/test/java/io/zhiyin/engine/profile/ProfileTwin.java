package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Vocabulary;
import io.zhiyin.engine.event.EventKind;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The plain twin of [ProfileFold]: profiles by their definition, from the whole set at once.
final class ProfileTwin {
  private static final int VISITOR_LINES = 800;
  private static final int VISITOR_PAGES = 200;
  private static final int VISITOR_OTHERS = 400;

  private record Line(ShopperEvent event, int line) {}

  private static final Comparator<Line> ORDER =
      Comparator.comparing((Line line) -> line.event().eventTime())
          .thenComparing(line -> line.event().eventId())
          .thenComparingInt(Line::line);

  private final List<ShopperEvent> events;
  private final Map<VisitorId, TreeMap<Long, UserId>> joins = new HashMap<>();
  private final Map<VisitorId, List<Line>> kept = new HashMap<>();

  /// Marks beyond those.
  private final Map<VisitorId, List<Line>> older = new HashMap<>();

  ProfileTwin(List<ShopperEvent> events) {
    this.events = events;
    for (ShopperEvent event : events) {
      event
          .header()
          .visitorId()
          .ifPresent(
              visitor -> {
                TreeMap<Long, UserId> of = joins.computeIfAbsent(visitor, _ -> new TreeMap<>());
                event
                    .header()
                    .userId()
                    .ifPresent(
                        user ->
                            of.merge(
                                event.eventTime().toEpochMilli(),
                                user,
                                (a, b) -> a.compareTo(b) < 0 ? a : b));
              });
    }
    for (VisitorId visitor : joins.keySet()) {
      Predicate<ShopperEvent> mine =
          event -> event.header().user() == null && visitor.equals(event.header().visitor());
      List<Line> lines = new ArrayList<>();
      lines.addAll(newest(lines(mine, ProfileTwin::isLine), VISITOR_LINES));
      lines.addAll(newest(lines(mine, ProfileTwin::isPage), VISITOR_PAGES));
      lines.addAll(newest(lines(mine, ProfileTwin::isOther), VISITOR_OTHERS));
      kept.put(visitor, lines);
      older.put(
          visitor,
          newest(
              marksBeyond(lines(mine, ProfileTwin::isLine), VISITOR_LINES),
              Profile.MAX_OLDER_MARKS));
    }
  }

  Map<Shopper, String> profiles() {
    Map<Shopper, String> all = new HashMap<>();
    for (ShopperEvent event : events) {
      UserId user = event.header().user();
      if (user != null) {
        all.computeIfAbsent(new Shopper.User(user), _ -> ofUser(user));
      }
    }
    for (VisitorId visitor : joins.keySet()) {
      boolean shopper =
          events.stream()
              .anyMatch(
                  event ->
                      event.header().user() == null
                          && visitor.equals(event.header().visitor())
                          && owner(visitor, event) == null);
      if (shopper) {
        all.put(new Shopper.Visitor(visitor), ofVisitor(visitor));
      }
    }
    return all;
  }

  private String ofUser(UserId user) {
    Predicate<ShopperEvent> own = event -> user.equals(event.header().user());
    List<Line> all = new ArrayList<>(lines(own, _ -> true));
    kept.forEach(
        (visitor, lines) ->
            lines.stream()
                .filter(line -> user.equals(owner(visitor, line.event())))
                .forEach(all::add));
    List<Line> marks = new ArrayList<>();
    older.forEach(
        (visitor, lines) ->
            lines.stream()
                .filter(line -> user.equals(owner(visitor, line.event())))
                .forEach(marks::add));
    return words(all, marks);
  }

  private String ofVisitor(VisitorId visitor) {
    if (joins.get(visitor).isEmpty()) {
      return words(
          lines(
              event -> event.header().user() == null && visitor.equals(event.header().visitor()),
              _ -> true),
          List.of());
    }
    return words(
        kept.get(visitor).stream().filter(line -> owner(visitor, line.event()) == null).toList(),
        older.get(visitor).stream().filter(line -> owner(visitor, line.event()) == null).toList());
  }

  private @Nullable UserId owner(VisitorId visitor, ShopperEvent event) {
    Map.Entry<Long, UserId> join =
        joins.get(visitor).ceilingEntry(event.eventTime().toEpochMilli());
    return join == null ? null : join.getValue();
  }

  private static String words(List<Line> lines, List<Line> older) {
    StringBuilder words = new StringBuilder();
    for (Line line :
        newest(lines.stream().filter(l -> isLine(l.event())).toList(), Profile.MAX_HISTORY)) {
      words
          .append(line.event().eventTime().toEpochMilli())
          .append(line.event().kind())
          .append(line.event().items().get(line.line()).itemId())
          .append(' ');
    }
    for (Line line :
        newest(lines.stream().filter(l -> isPage(l.event())).toList(), Profile.MAX_PAGE_VIEWS)) {
      words
          .append(line.event().eventTime().toEpochMilli())
          .append(
              switch (line.event()) {
                case ShopperEvent.Search search -> "q" + search.query();
                case ShopperEvent.CategoryPageView view -> "c" + view.category();
                default -> throw new AssertionError();
              })
          .append(' ');
    }
    List<Line> marks = new ArrayList<>(older);
    marks.addAll(
        marksBeyond(lines.stream().filter(l -> isLine(l.event())).toList(), Profile.MAX_HISTORY));
    for (Line line : newest(marks, Profile.MAX_OLDER_MARKS)) {
      words.append('m').append(line.event().items().get(line.line()).itemId()).append(' ');
    }
    long[] counts = new long[64];
    long last = 0;
    Set<ShopperEvent> distinct = new TreeSet<>(Comparator.comparing(ShopperEvent::eventId));
    lines.forEach(line -> distinct.add(line.event()));
    for (ShopperEvent event : distinct) {
      counts[event.kind().code()]++;
      last = Math.max(last, event.eventTime().toEpochMilli());
    }
    return words + counts(counts) + last;
  }

  static String words(Profile profile, Vocabulary vocabulary) {
    StringBuilder words = new StringBuilder();
    History history = profile.history();
    for (int i = 0; i < history.size(); i++) {
      words
          .append(history.timeMillis(i))
          .append(history.kind(i))
          .append(vocabulary.idOf(history.item(i)))
          .append(' ');
    }
    for (Profile.PageView view : profile.pageViews()) {
      words
          .append(view.timeMillis())
          .append(view.query().isEmpty() ? "c" + view.category() : "q" + view.query())
          .append(' ');
    }
    History older = profile.olderMarks();
    for (int i = 0; i < older.size(); i++) {
      words.append('m').append(vocabulary.idOf(older.item(i))).append(' ');
    }
    return words + counts(profile.eventCounts()) + profile.lastSeenMillis();
  }

  private static String counts(long[] counts) {
    StringBuilder words = new StringBuilder();
    for (EventKind kind : EventKind.values()) {
      if (counts[kind.code()] != 0) {
        words.append(kind).append('=').append(counts[kind.code()]).append(' ');
      }
    }
    return words.toString();
  }

  private List<Line> lines(Predicate<ShopperEvent> whose, Predicate<ShopperEvent> what) {
    List<Line> lines = new ArrayList<>();
    for (ShopperEvent event : events) {
      if (whose.test(event) && what.test(event)) {
        int n = isLine(event) ? event.items().size() : 1;
        for (int line = 0; line < n; line++) {
          lines.add(new Line(event, line));
        }
      }
    }
    return lines;
  }

  private static List<Line> newest(List<Line> lines, int n) {
    List<Line> sorted = lines.stream().sorted(ORDER).toList();
    return sorted.subList(Math.max(0, sorted.size() - n), sorted.size());
  }

  private static List<Line> marksBeyond(List<Line> lines, int n) {
    List<Line> sorted = lines.stream().sorted(ORDER).toList();
    return sorted.subList(0, Math.max(0, sorted.size() - n)).stream()
        .filter(line -> line.event().kind().isMark())
        .toList();
  }

  private static boolean isLine(ShopperEvent event) {
    return event.kind().isEngagement();
  }

  private static boolean isPage(ShopperEvent event) {
    return event.kind() == EventKind.SEARCH || event.kind() == EventKind.CATEGORY_PAGE_VIEW;
  }

  private static boolean isOther(ShopperEvent event) {
    return !isLine(event) && !isPage(event);
  }
}
