package io.zhiyin.lab.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One kept-alive HTTP/1.1 connection whose calls wait for their answers and hand out the body: for
/// who asks one thing after the other. Load is made by [LoadConnection]s, which do not wait. Not
/// for several threads.
final class HttpConnection implements Closeable {
  private static final int PATIENCE_MILLIS = 30_000;

  private final int port;
  private Socket socket;
  private InputStream in;
  private byte[] body = new byte[0];

  HttpConnection(int port) throws IOException {
    this.port = port;
    this.socket = connect(port);
    this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// A call without a body, such as `POST` or `DELETE`.
  static byte[] bare(String method, String path) {
    return (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] post(String path, String type, byte[] content) {
    return send("POST", path, type, content);
  }

  static byte[] send(String method, String path, String type, byte[] content) {
    byte[] head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, type, content.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[head.length + content.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    return all;
  }

  /// Sends the bytes of one request and reads its answer.
  ///
  /// @return the status
  int call(byte[] request) throws IOException {
    try {
      socket.getOutputStream().write(request);
      return answer();
    } catch (IOException e) {
      socket.close();
      socket = connect(port);
      in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
      throw e;
    }
  }

  /// The body of the last answer.
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private int answer() throws IOException {
    String status = line();
    int length = 0;
    boolean close = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      String name = header.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
      if (name.equals("content-length")) {
        length = Integer.parseInt(header.substring(colon + 1).strip());
      } else if (name.equals("connection")) {
        close = header.toLowerCase(Locale.ROOT).contains("close");
      } else if (name.equals("transfer-encoding")) {
        throw new IOException("the load generator reads no chunked answers");
      }
    }
    body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the connection ended within an answer");
    }
    if (close) {
      socket.close();
      socket = connect(port);
      in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    }
    return Integer.parseInt(status.substring(9, 12));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended before an answer");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
