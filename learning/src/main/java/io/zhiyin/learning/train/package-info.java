/// Losses, samplers, optimisers, schedules, registry of trained models.
@NullMarked
package io.zhiyin.learning.train;

import org.jspecify.annotations.NullMarked;
