package io.zhiyin.server.http;

/// An answer that goes on: what it has to say is asked for once a second, until the client leaves,
/// the server stops or it has gone on long enough. Closed in every case.
public interface Flow extends AutoCloseable {
  /// What to send now.
  byte[] next() throws java.io.IOException;

  @Override
  void close();
}
