/// What can be recommended: items, price, stock, categories.
@NullMarked
package io.zhiyin.engine.catalog;

import org.jspecify.annotations.NullMarked;
