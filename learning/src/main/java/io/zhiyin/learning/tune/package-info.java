/// Which recipe suits a shop: successive halving over a few settings, on folds of its own past.
@NullMarked
package io.zhiyin.learning.tune;

import org.jspecify.annotations.NullMarked;
