/// What the shop wants of its lists: merchandising rules, compiled, checked and kept in versions.
@NullMarked
package io.zhiyin.engine.rule;

import org.jspecify.annotations.NullMarked;
