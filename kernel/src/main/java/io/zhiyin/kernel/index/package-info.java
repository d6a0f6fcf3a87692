/// Nearest-neighbour indexes: exact, quantised, graph; exact or approximate is a type.
@NullMarked
package io.zhiyin.kernel.index;

import org.jspecify.annotations.NullMarked;
