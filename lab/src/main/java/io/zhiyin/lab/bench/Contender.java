package io.zhiyin.lab.bench;

/// One of several ways to do the same, to be timed in turns.
///
/// @param passes how many passes a turn takes
record Contender(String name, int passes, Runnable pass) {}
