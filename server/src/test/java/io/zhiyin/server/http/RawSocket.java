package io.zhiyin.server.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A client that sends bytes as they are, so that it can be slow and wrong.
final class RawSocket {
  private RawSocket() {}

  /// @param patienceMillis how long a read waits: a server that never answers fails the test, not
  ///   the build
  static Socket connect(String url, int patienceMillis) throws IOException {
    URI uri = URI.create(url);
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(patienceMillis);
    return socket;
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  /// What comes before the socket's patience ends.
  static String within(Socket socket) throws IOException {
    try {
      byte[] buffer = new byte[4_096];
      int n = socket.getInputStream().read(buffer);
      return new String(buffer, 0, Math.max(0, n), StandardCharsets.UTF_8);
    } catch (SocketTimeoutException nothingYet) {
      return "";
    }
  }
}
