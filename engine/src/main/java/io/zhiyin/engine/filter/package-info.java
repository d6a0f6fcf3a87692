/// What may be shown: availability, ownership, exclusion, expressions.
@NullMarked
package io.zhiyin.engine.filter;

import org.jspecify.annotations.NullMarked;
