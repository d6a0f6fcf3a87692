package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.RecordReader;
import io.zhiyin.engine.event.RecordWriter;
import io.zhiyin.engine.event.UserId;
import io.zhiyin.engine.event.VisitorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is kept of a shopper, as bytes. Shoppers name each other by their numbers of arrival.
final class LogCodec {
  private static final int USER = 1;
  private static final int VISITOR = 2;

  private LogCodec() {}

  /// @param places where each item's index goes; null when all stay where they are
  static void put(ShopperLog log, RecordWriter out, int @Nullable [] places) {
    switch (log) {
      case UserLog user -> {
        out.oneByte(USER).number(user.number).text(user.id.value());
        user.putDeeds(out, places);
        out.number(user.visitors.size());
        for (UserLog.Joined joined : user.visitors) {
          putTime(out.number(joined.visitor().number), joined.first());
        }
      }
      case VisitorLog visitor -> {
        out.oneByte(VISITOR).number(visitor.number).text(visitor.id.value());
        visitor.putDeeds(out, places);
        putTime(out, visitor.last());
        visitor.joins.put(out);
        out.number(visitor.users.size());
        visitor.users.forEach(user -> out.number(user.number));
      }
    }
  }

  /// What was done is not taken apart, only packed.
  ///
  /// @param ties takes how to join it to others, once all are read
  static ShopperLog take(RecordReader in, Packing packing, List<Links> ties) {
    int type = in.oneByte();
    int number = in.whole();
    String id = in.text();
    return switch (type) {
      case USER -> user(number, new UserId(id), in, packing, ties);
      case VISITOR -> visitor(number, new VisitorId(id), in, packing, ties);
      default -> throw new IllegalArgumentException("a shopper of an unknown type");
    };
  }

  private static Resting deeds(Deeds.Of whose, RecordReader in, Packing packing) {
    int from = in.position();
    packing.names(whose.skip(in));
    return packing.add(in, from, in.position() - from);
  }

  private static UserLog user(
      int number, UserId id, RecordReader in, Packing packing, List<Links> ties) {
    UserLog user = new UserLog(id, deeds(Deeds.Of.USER, in, packing));
    user.number = number;
    int n = in.count();
    if (n == 0) {
      return user;
    }
    int[] visitors = new int[n];
    long[] firsts = new long[n];
    for (int i = 0; i < n; i++) {
      visitors[i] = in.whole();
      firsts[i] = takeTime(in);
    }
    ties.add(
        all -> {
          List<UserLog.Joined> joined = new ArrayList<>(n);
          for (int i = 0; i < n; i++) {
            joined.add(new UserLog.Joined((VisitorLog) of(all, visitors[i]), firsts[i]));
          }
          user.visitors = joined;
        });
    return user;
  }

  private static VisitorLog visitor(
      int number, VisitorId id, RecordReader in, Packing packing, List<Links> ties) {
    VisitorLog visitor = new VisitorLog(id, deeds(Deeds.Of.VISITOR, in, packing), takeTime(in));
    visitor.number = number;
    Links joins = visitor.joins.take(in);
    int n = in.count();
    if (n == 0 && joins.equals(Links.NONE)) {
      return visitor;
    }
    int[] users = new int[n];
    for (int i = 0; i < n; i++) {
      users[i] = in.whole();
    }
    ties.add(
        all -> {
          joins.tie(all);
          for (int user : users) {
            visitor.users.add((UserLog) of(all, user));
          }
        });
    return visitor;
  }

  static void putTime(RecordWriter out, long time) {
    out.number((time << 1) ^ (time >> 63));
  }

  static long takeTime(RecordReader in) {
    long zigzag = in.number();
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  static ShopperLog of(@Nullable ShopperLog[] all, int number) {
    return Objects.requireNonNull(all[number], "a shopper that is not there");
  }

  /// Joins one log to others, when all are there by their numbers.
  @FunctionalInterface
  interface Links {
    Links NONE = _ -> {};

    void tie(@Nullable ShopperLog[] all);
  }
}
