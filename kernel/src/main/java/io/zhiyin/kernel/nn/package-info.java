/// Layers as small records of weights: linear, norm, embedding, attention; shapes in the docs.
@NullMarked
package io.zhiyin.kernel.nn;

import org.jspecify.annotations.NullMarked;
