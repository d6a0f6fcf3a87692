/// x
@NullMarked
package io.zhiyin.lab.simulate;

import org.jspecify.annotations.NullMarked;
