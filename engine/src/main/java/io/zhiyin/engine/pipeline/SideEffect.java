package io.zhiyin.engine.pipeline;

/// Something to do once a slate is made: keep the trace, count. Its failure never fails the answer.
@FunctionalInterface
public interface SideEffect {
  void accept(Query query, Slate slate, Trace trace);
}
