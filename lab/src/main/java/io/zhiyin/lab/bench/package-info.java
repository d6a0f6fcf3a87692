/// Reproducible benchmarks: what is compared runs in turns in one process, so that a busy machine
/// slows all of it alike, and stands beside the machine's own limit.
@NullMarked
package io.zhiyin.lab.bench;

import org.jspecify.annotations.NullMarked;
