/// Timings and traces: meters for Prometheus, one access line a request, and a watch over how often
/// the collector marks.
@NullMarked
package io.zhiyin.server.telemetry;

import org.jspecify.annotations.NullMarked;
