/// How good it was: ranking, beyond-accuracy and off-policy metrics as pure functions.
@NullMarked
package io.zhiyin.engine.evaluate;

import org.jspecify.annotations.NullMarked;
