/// What happened: typed ids, the sealed `Event` family, the `Journal` port.
@NullMarked
package io.zhiyin.engine.event;

import org.jspecify.annotations.NullMarked;
