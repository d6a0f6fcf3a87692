/// One running shop: its store, indexes, model and recommender, and all shops of a server.
@NullMarked
package io.zhiyin.server.shop;

import org.jspecify.annotations.NullMarked;
