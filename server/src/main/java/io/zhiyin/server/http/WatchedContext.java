package io.zhiyin.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// What the web server knows of a connection, with the [Connection] told of what comes and goes.
final class WatchedContext implements ConnectionContext {
  private final ConnectionContext inner;
  private final Connection connection;
  private final DataWriter writer;

  WatchedContext(ConnectionContext inner, Connection connection) {
    this.inner = inner;
    this.connection = connection;
    this.writer = new Pieces(inner.dataWriter(), connection);
  }

  @Override
  public DataReader dataReader() {
    return connection.reader();
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public ListenerContext listenerContext() {
    return inner.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return inner.executor();
  }

  @Override
  public Router router() {
    return inner.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return inner.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return inner.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return inner.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return inner.localPeer();
  }

  @Override
  public boolean isSecure() {
    return inner.isSecure();
  }

  @Override
  public String socketId() {
    return inner.socketId();
  }

  @Override
  public String childSocketId() {
    return inner.childSocketId();
  }

  /// Writes in pieces, each with its own time: a long answer over a slow line goes on.
  private record Pieces(DataWriter inner, Connection connection) implements DataWriter {
    private static final int PIECE = 64 << 10;

    @Override
    public void write(BufferData... buffers) {
      for (BufferData buffer : buffers) {
        write(buffer);
      }
    }

    @Override
    public void write(BufferData buffer) {
      BufferData rest = buffer;
      while (rest.available() > PIECE) {
        byte[] piece = new byte[PIECE];
        int n = rest.read(piece);
        connection.writes(() -> inner.write(BufferData.create(piece, 0, n)));
      }
      connection.writes(() -> inner.write(rest));
    }

    @Override
    public void writeNow(BufferData... buffers) {
      for (BufferData buffer : buffers) {
        writeNow(buffer);
      }
    }

    @Override
    public void writeNow(BufferData buffer) {
      while (buffer.available() > PIECE) {
        byte[] piece = new byte[PIECE];
        int n = buffer.read(piece);
        connection.writes(() -> inner.writeNow(BufferData.create(piece, 0, n)));
      }
      connection.writes(() -> inner.writeNow(buffer));
    }

    @Override
    public void flush() {
      connection.writes(inner::flush);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
