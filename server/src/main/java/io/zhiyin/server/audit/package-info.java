/// Who changed what: a log of every change by an admin, kept on disk.
@NullMarked
package io.zhiyin.server.audit;

import org.jspecify.annotations.NullMarked;
