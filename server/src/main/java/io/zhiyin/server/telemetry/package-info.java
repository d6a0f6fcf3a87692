/// Timings and traces: meters for Prometheus, one access line a request.
@NullMarked
package io.zhiyin.server.telemetry;

import org.jspecify.annotations.NullMarked;
