/// x
@NullMarked
package io.zhiyin.server.http;

import org.jspecify.annotations.NullMarked;
