/// The program: the only place that wires.
@NullMarked
package io.zhiyin.server;

import org.jspecify.annotations.NullMarked;
