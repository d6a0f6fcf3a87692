/// Learned encoders and scorers: immutable weights, `encode`, `score`.
@NullMarked
package io.zhiyin.engine.model;

import org.jspecify.annotations.NullMarked;
