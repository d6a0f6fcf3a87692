/// Synthetic shoppers in a bilingual shop whose every taste is known, so that lists can be compared
/// with the best possible one.
@NullMarked
package io.zhiyin.lab.simulate;

import org.jspecify.annotations.NullMarked;
