/// Scorers: all evidence in one number.
@NullMarked
package io.zhiyin.engine.rank;

import org.jspecify.annotations.NullMarked;
