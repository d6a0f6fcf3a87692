package io.zhiyin.learning.dataset;

import io.zhiyin.engine.profile.History;

/// One question with a known answer: given what came before, which item came next?
///
/// @param user position of the shopper in the data's list
/// @param before what was known at the time, oldest first
/// @param target index of the item that came next
/// @param timeMillis when it came
public record Case(int user, History before, int target, long timeMillis) {}
