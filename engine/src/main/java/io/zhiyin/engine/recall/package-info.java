/// Candidate sources: popular, trending, new, item-to-item, sequence, content.
@NullMarked
package io.zhiyin.engine.recall;

import org.jspecify.annotations.NullMarked;
