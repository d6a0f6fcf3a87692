package io.zhiyin.lab.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a shopper owns, is about to run out of, and still misses beside what was bought.
final class Needs {
  private static final Duration CONTENT = Duration.ofDays(50);
  private static final double WISH_FOR_A_SECOND = 0.12;

  private final Map<ProductType, Instant> contentUntil = new HashMap<>();
  private final List<Need> refills = new ArrayList<>();
  private final List<Need> complements = new ArrayList<>();

  void bought(Product product, int quantity, Instant time, Dice dice) {
    ProductType type = product.type();
    if (type.consumable()) {
      double days = type.replenishDays() * quantity * dice.between(0.75, 1.3);
      refills.add(new Need(product, time.plusSeconds((long) (days * 86_400))));
    } else {
      contentUntil.put(type, time.plus(CONTENT));
    }
    if (!type.follows().isEmpty() && dice.chance(0.4)) {
      complements.add(new Need(product, time.plusSeconds((long) (dice.exponential(3) * 86_400))));
    }
  }

  /// Wishes after what is owned already.
  double[] dampen(double[] wishes, Instant time) {
    contentUntil.forEach(
        (type, until) -> {
          if (time.isBefore(until)) {
            wishes[type.index()] *= WISH_FOR_A_SECOND;
          }
        });
    return wishes;
  }

  /// A product that has run out by now.
  Optional<Product> takeRefill(Instant time) {
    return take(refills, time);
  }

  /// A product bought before, for which something is missing now.
  Optional<Product> takeComplement(Instant time) {
    return take(complements, time);
  }

  private static Optional<Product> take(List<Need> needs, Instant time) {
    for (int i = 0; i < needs.size(); i++) {
      if (!needs.get(i).from().isAfter(time)) {
        return Optional.of(needs.remove(i).product());
      }
    }
    return Optional.empty();
  }

  private record Need(Product product, Instant from) {}
}
