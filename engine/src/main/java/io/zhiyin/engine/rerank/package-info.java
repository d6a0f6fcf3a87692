/// From best items to best slate: rules, diversity, exploration, ads.
@NullMarked
package io.zhiyin.engine.rerank;

import org.jspecify.annotations.NullMarked;
