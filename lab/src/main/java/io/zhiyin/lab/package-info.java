/// `LabMain`, the commands of the lab.
@NullMarked
package io.zhiyin.lab;

import org.jspecify.annotations.NullMarked;
