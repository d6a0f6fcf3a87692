/// The evaluation report: one page that stands alone, with charts drawn by hand.
@NullMarked
package io.zhiyin.server.report;

import org.jspecify.annotations.NullMarked;
