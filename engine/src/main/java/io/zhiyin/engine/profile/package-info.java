/// Who is asking: histories, sessions, interests, spending power.
@NullMarked
package io.zhiyin.engine.profile;

import org.jspecify.annotations.NullMarked;
