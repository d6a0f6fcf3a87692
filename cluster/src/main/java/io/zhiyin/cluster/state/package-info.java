/// Folded state: a shop's catalogue and profiles, rebuilt from its journal, and the data directory.
@NullMarked
package io.zhiyin.cluster.state;

import org.jspecify.annotations.NullMarked;
