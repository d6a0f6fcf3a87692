package io.zhiyin.lab.simulate;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// What the calendar and the clock do to shopping, in the shop's own time zone.
final class Seasons {
  static final ZoneId SHOP_ZONE = ZoneId.of("Asia/Shanghai");
  private static final double FLAT_HOUR = 0.06;
  private static final double HOUR_SPREAD = 2.2;

  private Seasons() {}

  /// How much more (above 1) or less (below 1) this type is wanted at this time of the year.
  static double demand(ProductType type, Instant time) {
    if (type.wants().peakMonth() == 0) {
      return 1;
    }
    double day = time.atZone(SHOP_ZONE).getDayOfYear() / 365.25;
    double peak = (type.wants().peakMonth() - 0.5) / 12;
    return 1 + type.wants().swing() * StrictMath.cos(2 * StrictMath.PI * (day - peak));
  }

  /// How busy the shop is on this day: weekends, and the sale days of June and November.
  static double busyness(Instant day) {
    ZonedDateTime date = day.atZone(SHOP_ZONE);
    double busy = date.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue() ? 1.35 : 1;
    boolean saleMonth = date.getMonthValue() == 11 || date.getMonthValue() == 6;
    int saleDay = date.getMonthValue() == 11 ? 11 : 18;
    if (saleMonth && StrictMath.abs(date.getDayOfMonth() - saleDay) <= 1) {
      busy *= 2.2;
    }
    return busy;
  }

  /// An hour of the day for a shopper who mostly comes at `peakHour`.
  static int hour(Dice dice, int peakHour) {
    double[] weights = new double[24];
    for (int hour = 0; hour < 24; hour++) {
      int apart = StrictMath.abs(hour - peakHour);
      double z = StrictMath.min(apart, 24 - apart) / HOUR_SPREAD;
      weights[hour] = StrictMath.exp(-z * z / 2) + (hour >= 7 && hour <= 23 ? FLAT_HOUR : 0.004);
    }
    return dice.weighted(weights);
  }
}
