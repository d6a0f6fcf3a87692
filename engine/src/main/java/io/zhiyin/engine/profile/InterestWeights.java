package io.zhiyin.engine.profile;

import io.zhiyin.engine.event.EventKind;
import java.time.Duration;

/// How much each kind of engagement says of a shopper's interest, and how fast it fades.
///
/// @param removal out of the cart, or no favourite any more
/// @param refusal not interested
/// @param halfLife after this time an engagement counts half
public record InterestWeights(
    double view,
    double favorite,
    double cart,
    double purchase,
    double rating,
    double removal,
    double refusal,
    Duration halfLife) {
  /// A purchase says as much as six views; half of it is forgotten after two weeks.
  public static final InterestWeights STANDARD =
      new InterestWeights(1, 3, 4, 6, 2, -2, -4, Duration.ofDays(14));

  /// @throws IllegalArgumentException when the half-life is not positive
  public InterestWeights {
    if (!halfLife.isPositive()) {
      throw new IllegalArgumentException("halfLife must be positive (was: " + halfLife + ")");
    }
  }

  /// The weight of one line of that kind; 0 for kinds that say nothing of interest.
  public double of(EventKind kind) {
    return switch (kind) {
      case DETAIL_PAGE_VIEW, CLICK -> view;
      case ADD_TO_FAVORITES -> favorite;
      case ADD_TO_CART -> cart;
      case PURCHASE_COMPLETE -> purchase;
      case RATING -> rating;
      case REMOVE_FROM_CART, REMOVE_FROM_FAVORITES -> removal;
      case NOT_INTERESTED -> refusal;
      case HOME_PAGE_VIEW,
          CATEGORY_PAGE_VIEW,
          SEARCH,
          IMPRESSION,
          LOGIN,
          ITEM_PUT,
          ITEM_PATCH,
          ITEM_DELETE,
          USER_ERASE ->
          0;
    };
  }

  /// What is left of a weight after that time: `2^(−age / halfLife)`; what lies ahead counts whole.
  public double decay(long ageMillis) {
    return Math.pow(2, -Math.max(0, ageMillis) / (double) halfLife.toMillis());
  }
}
