/// What an item says, as sparse vectors that can be compared and learned from.
@NullMarked
package io.zhiyin.engine.content;

import org.jspecify.annotations.NullMarked;
