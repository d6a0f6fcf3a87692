package io.zhiyin.server.config;

/// How much one client may ask of the server.
///
/// @param bodyBytes the longest request body; longer ones are answered 413
/// @param lineBytes the longest request line; longer ones are answered 414
/// @param headerBytes the longest headers of a request together; longer ones are answered 431
/// @param connections the most connections at one time; for one more, the one that has been without
///   a whole request for the longest is closed
/// @param patience how long a client may keep the server waiting
public record Limits(
    int bodyBytes, int lineBytes, int headerBytes, int connections, Patience patience) {
  public static final Limits DEFAULT =
      new Limits(8 << 20, 4 << 10, 16 << 10, 4_096, Patience.DEFAULT);

  public Limits withConnections(int most) {
    return new Limits(bodyBytes, lineBytes, headerBytes, most, patience);
  }

  public Limits withPatience(Patience other) {
    return new Limits(bodyBytes, lineBytes, headerBytes, connections, other);
  }
}
