/// The console: web pages for the people of the shop, over the same calls that everybody has.
@NullMarked
package io.zhiyin.server.console;

import org.jspecify.annotations.NullMarked;
