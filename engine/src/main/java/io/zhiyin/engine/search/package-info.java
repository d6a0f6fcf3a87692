/// What a shopper types: a text index over the catalogue that is never behind, and its queries.
@NullMarked
package io.zhiyin.engine.search;

import org.jspecify.annotations.NullMarked;
