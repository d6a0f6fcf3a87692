/// What may be kept: consent, retention, erasure, pseudonyms, noise.
@NullMarked
package io.zhiyin.engine.privacy;

import org.jspecify.annotations.NullMarked;
