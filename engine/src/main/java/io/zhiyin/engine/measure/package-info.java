/// What the lists brought: impressions, clicks and purchases attributed to recommendations, by
/// hour.
@NullMarked
package io.zhiyin.engine.measure;

import org.jspecify.annotations.NullMarked;
