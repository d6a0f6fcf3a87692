/// What an item says, as sparse vectors and as vectors of pretrained encoders.
@NullMarked
package io.zhiyin.engine.content;

import org.jspecify.annotations.NullMarked;
