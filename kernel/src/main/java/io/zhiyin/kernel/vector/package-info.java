/// x
@NullMarked
package io.zhiyin.kernel.vector;

import org.jspecify.annotations.NullMarked;
