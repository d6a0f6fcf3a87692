/// The assembled recommender: stages, deadline, fallback chain.
@NullMarked
package io.zhiyin.engine.recommend;

import org.jspecify.annotations.NullMarked;
