package io.zhiyin.engine.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fields of the item document; null means "not given".
///
/// @param categories paths from the root, levels parted by `" > "`, as in `Beauty > Nails`
/// @param price in `currency`, 0 or more
/// @param currency ISO 4217
/// @param stock pieces on hand, 0 or more
/// @param available false hides the item whatever its stock
/// @param language BCP 47 tag of title and description
/// @param attributes free text facts of the shop
/// @param publishTime not recommended before
/// @param expireTime not recommended from then on
public record ItemFields(
    @Nullable String title,
    @Nullable String description,
    @Nullable List<String> categories,
    @Nullable String brand,
    @Nullable Double price,
    @Nullable String currency,
    @Nullable Integer stock,
    @Nullable Boolean available,
    @Nullable String language,
    @Nullable List<String> imageUrls,
    @Nullable List<String> tags,
    @Nullable Map<String, String> attributes,
    @Nullable Instant publishTime,
    @Nullable Instant expireTime) {
  /// What separates the levels of a category path.
  public static final String LEVEL = " > ";

  private static final Pattern LEVELS = Pattern.compile(LEVEL, Pattern.LITERAL);

  public static final ItemFields NONE =
      new ItemFields(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  /// @throws InvalidFieldException when a value is out of its range
  public ItemFields {
    if (price != null && !(price >= 0 && price <= 1e12)) {
      throw new InvalidFieldException("price", price, "must be a number between 0 and 1e12");
    }
    if (stock != null && stock < 0) {
      throw new InvalidFieldException("stock", stock, "must be 0 or more");
    }
    if (title != null && title.length() > 2_000) {
      throw new InvalidFieldException("title", title, "must have at most 2000 characters");
    }
    if (description != null && description.length() > 50_000) {
      throw new InvalidFieldException(
          "description", description, "must have at most 50000 characters");
    }
    categories = categories == null ? null : List.copyOf(categories);
    imageUrls = imageUrls == null ? null : List.copyOf(imageUrls);
    tags = tags == null ? null : List.copyOf(tags);
    attributes = attributes == null ? null : Map.copyOf(attributes);
  }

  /// These fields, with those that `newer` gives put over them.
  public ItemFields overlaidBy(ItemFields newer) {
    return new ItemFields(
        newer.title != null ? newer.title : title,
        newer.description != null ? newer.description : description,
        newer.categories != null ? newer.categories : categories,
        newer.brand != null ? newer.brand : brand,
        newer.price != null ? newer.price : price,
        newer.currency != null ? newer.currency : currency,
        newer.stock != null ? newer.stock : stock,
        newer.available != null ? newer.available : available,
        newer.language != null ? newer.language : language,
        newer.imageUrls != null ? newer.imageUrls : imageUrls,
        newer.tags != null ? newer.tags : tags,
        newer.attributes != null ? newer.attributes : attributes,
        newer.publishTime != null ? newer.publishTime : publishTime,
        newer.expireTime != null ? newer.expireTime : expireTime);
  }

  /// The levels of a category path, from the root.
  public static String[] levels(String path) {
    return LEVELS.split(path, -1);
  }
}
