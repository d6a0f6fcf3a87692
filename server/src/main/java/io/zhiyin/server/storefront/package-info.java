/// The demo storefront: plain web pages, and the shop's pictures.
@NullMarked
package io.zhiyin.server.storefront;

import org.jspecify.annotations.NullMarked;
