/// The command line: each command turns options into one call and prints what came of it.
@NullMarked
package io.zhiyin.server.command;

import org.jspecify.annotations.NullMarked;
