/// Ensembles of decision trees as flat arrays.
@NullMarked
package io.zhiyin.kernel.tree;

import org.jspecify.annotations.NullMarked;
