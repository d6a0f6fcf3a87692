/// x
@NullMarked
package io.zhiyin.engine.event;

import org.jspecify.annotations.NullMarked;
