package io.zhiyin.engine.profile;

import io.zhiyin.engine.catalog.Catalog;
import java.time.Instant;
import java.util.Locale;

/// A shopper as the shop, or the shopper, may read it: numbers, and the same in words.
///
/// @param shopper the id
/// @param kind `user` or `visitor`
/// @param english a few sentences
/// @param chinese the same sentences
public record ProfileSummary(
    String shopper,
    String kind,
    Activity activity,
    Session session,
    Interests interests,
    SpendingPower spendingPower,
    String english,
    String chinese) {
  /// What categories and brands are called in a language.
  public interface Names {
    /// Each as it is.
    Names PLAIN =
        new Names() {
          @Override
          public String category(String path, String language) {
            return path;
          }

          @Override
          public String brand(String brand, String language) {
            return brand;
          }
        };

    /// @param path the category's full path
    /// @param language `en` or `zh`
    String category(String path, String language);

    /// @param language `en` or `zh`
    String brand(String brand, String language);
  }

  /// With categories called as they are.
  public static ProfileSummary of(
      Profile profile, Catalog catalog, PriceScale prices, InterestWeights weights, Instant now) {
    return of(profile, catalog, prices, weights, now, Names.PLAIN);
  }

  /// @param names what categories and brands are called in the sentences
  public static ProfileSummary of(
      Profile profile,
      Catalog catalog,
      PriceScale prices,
      InterestWeights weights,
      Instant now,
      Names names) {
    Activity activity = Activity.of(profile, now);
    Session session = Session.current(profile, now, Session.GAP);
    Interests interests = Interests.of(profile, catalog, prices, weights, now);
    SpendingPower power = SpendingPower.of(profile, catalog, prices);
    String kind =
        switch (profile.shopper()) {
          case Shopper.User _ -> "user";
          case Shopper.Visitor _ -> "visitor";
        };
    return new ProfileSummary(
        profile.shopper().value(),
        kind,
        activity,
        session,
        interests,
        power,
        ProfileWords.english(activity, session, interests, power, names),
        ProfileWords.chinese(activity, session, interests, power, names));
  }

  /// The words for a reader of that language: Chinese for Chinese, English for all others.
  public String words(Locale locale) {
    return locale.getLanguage().equals("zh") ? chinese : english;
  }
}
