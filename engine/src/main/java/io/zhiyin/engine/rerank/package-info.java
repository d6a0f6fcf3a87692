/// From best items to best slate: diversity, exploration.
@NullMarked
package io.zhiyin.engine.rerank;

import org.jspecify.annotations.NullMarked;
