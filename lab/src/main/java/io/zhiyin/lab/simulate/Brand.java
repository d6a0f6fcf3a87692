package io.zhiyin.lab.simulate;

/// An invented maker: `tier` from 0 (everyday) to 1 (luxury), and the style that most of its things
/// have.
record Brand(int index, Phrase name, int department, double tier, int style) {}
