/// Pretrained text encoders behind the ports of `content`.
@NullMarked
package io.zhiyin.learning.encode;

import org.jspecify.annotations.NullMarked;
