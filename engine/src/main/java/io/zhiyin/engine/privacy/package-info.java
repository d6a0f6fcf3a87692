/// What may be kept: erasure of what is known of a user.
@NullMarked
package io.zhiyin.engine.privacy;

import org.jspecify.annotations.NullMarked;
