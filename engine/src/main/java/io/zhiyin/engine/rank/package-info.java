/// Scorers: sequence, multi-task, calibrated.
@NullMarked
package io.zhiyin.engine.rank;

import org.jspecify.annotations.NullMarked;
