/// The event log: embedded in the process, durable before it acknowledges.
@NullMarked
package io.zhiyin.cluster.journal;

import org.jspecify.annotations.NullMarked;
