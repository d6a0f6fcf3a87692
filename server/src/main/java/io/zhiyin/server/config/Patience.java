package io.zhiyin.server.config;

import java.time.Duration;

/// How long one client may keep the server waiting, each longer than zero.
///
/// @param head from the first byte of a request to the end of its headers; then 408
/// @param pause without a byte in the middle of a body; then 408
/// @param body for a whole body; then 408
/// @param unread for taking 64 KiB of an answer; then the connection is closed
/// @param idle without a request; then the connection is closed
public record Patience(
    Duration head, Duration pause, Duration body, Duration unread, Duration idle) {
  public static final Patience DEFAULT =
      new Patience(
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(90));

  /// Patience with those who keep the server waiting within a request, the other waits as they are.
  public Patience withHeadAndPause(Duration longest) {
    return new Patience(longest, longest, body, unread, idle);
  }

  public Patience withBody(Duration longest) {
    return new Patience(head, pause, longest, unread, idle);
  }

  public Patience withUnread(Duration longest) {
    return new Patience(head, pause, body, longest, idle);
  }

  public Patience withIdle(Duration longest) {
    return new Patience(head, pause, body, unread, longest);
  }

  /// The shortest of them.
  public Duration shortest() {
    return java.util.stream.Stream.of(head, pause, body, unread, idle)
        .min(Duration::compareTo)
        .orElseThrow();
  }
}
