/// Room that is used again, so that a request leaves little behind.
@NullMarked
package io.zhiyin.kernel.pool;

import org.jspecify.annotations.NullMarked;
