/// Offline trials: every method fitted on the same split and measured side by side.
@NullMarked
package io.zhiyin.learning.trial;

import org.jspecify.annotations.NullMarked;
