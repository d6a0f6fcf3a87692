/// Events → splits without leakage → batches.
@NullMarked
package io.zhiyin.learning.dataset;

import org.jspecify.annotations.NullMarked;
