/// The demo: the product's own doors, driven as a person would.
@NullMarked
package io.zhiyin.lab.demo;

import org.jspecify.annotations.NullMarked;
