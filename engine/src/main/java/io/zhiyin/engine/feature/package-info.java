/// Profile × item → numbers, declared once for training and serving.
@NullMarked
package io.zhiyin.engine.feature;

import org.jspecify.annotations.NullMarked;
