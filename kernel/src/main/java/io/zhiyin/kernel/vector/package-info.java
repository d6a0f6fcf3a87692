/// SIMD kernels (dot, axpy, softmax, top-k), each with a scalar twin as reference.
///
/// [Kernels] is the list of them; `-Dzhiyin.vector=off` selects the scalar ones.
@NullMarked
package io.zhiyin.kernel.vector;

import org.jspecify.annotations.NullMarked;
