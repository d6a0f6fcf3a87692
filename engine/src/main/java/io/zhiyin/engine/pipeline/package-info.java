/// The contract: `Query → Candidate → Slate`, and the stage interfaces.
@NullMarked
package io.zhiyin.engine.pipeline;

import org.jspecify.annotations.NullMarked;
