package io.zhiyin.lab.demo;

/// The demo cannot go on; the message says why, and what to do, in both languages.
final class DemoFailedException extends RuntimeException {
  DemoFailedException(String english, String chinese) {
    super(english + System.lineSeparator() + chinese);
  }
}
