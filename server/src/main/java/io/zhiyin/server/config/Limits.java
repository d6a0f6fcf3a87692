package io.zhiyin.server.config;

import java.time.Duration;

/// How much one client may ask of the server.
///
/// @param bodyBytes the longest request body; longer ones are answered 413
/// @param headerBytes the longest head of a request
/// @param batch the most events or items in one call
/// @param pause how long a client may be silent in the middle of a request
/// @param upload how long a whole request body may take
/// @param connections the most connections at one time
public record Limits(
    int bodyBytes, int headerBytes, int batch, Duration pause, Duration upload, int connections) {
  public static final Limits DEFAULT =
      new Limits(8 << 20, 16 << 10, 1_000, Duration.ofSeconds(15), Duration.ofSeconds(60), 4_096);
}
