/// Settings: where to listen, what is allowed, who holds which key.
@NullMarked
package io.zhiyin.server.config;

import org.jspecify.annotations.NullMarked;
