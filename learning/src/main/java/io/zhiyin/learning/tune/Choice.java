package io.zhiyin.learning.tune;

import io.zhiyin.learning.train.ShopRecipe;

/// The outcome of a search.
///
/// @param recipe the defaults unless another is better beyond chance
/// @param best what was measured of the best on the highest rung that tells, which may be no better
///   than chance
/// @param defaults the same of the defaults
/// @param pValue how often chance would do as well; 1 when the defaults are best
/// @param needed that the p-value had to be at most
public record Choice(
    ShopRecipe recipe, Measured best, Measured defaults, double pValue, double needed) {}
