/// Nearest-neighbour indexes: exact, quantised, in groups; exact or approximate is a type.
@NullMarked
package io.zhiyin.kernel.index;

import org.jspecify.annotations.NullMarked;
