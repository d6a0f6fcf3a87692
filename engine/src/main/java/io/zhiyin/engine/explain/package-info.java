/// Why this item, in words: evidence gathered by the stages.
@NullMarked
package io.zhiyin.engine.explain;

import org.jspecify.annotations.NullMarked;
