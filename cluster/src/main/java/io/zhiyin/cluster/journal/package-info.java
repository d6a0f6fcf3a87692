/// x
@NullMarked
package io.zhiyin.cluster.journal;

import org.jspecify.annotations.NullMarked;
