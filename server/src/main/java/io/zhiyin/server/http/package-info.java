/// Routes and errors: the HTTP API, its table of calls and its problem documents.
@NullMarked
package io.zhiyin.server.http;

import org.jspecify.annotations.NullMarked;
