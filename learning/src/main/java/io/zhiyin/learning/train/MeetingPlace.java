package io.zhiyin.learning.train;

import io.zhiyin.engine.event.InvalidFieldException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;

/// Where the processes of a training find each other.
sealed interface MeetingPlace {
  /// Opens libtorch's store of names and values there.
  ///
  /// @param leads whether this process keeps it, where it must be kept
  /// @param patience how long the leader's store, and each answer of it, may take
  Store open(boolean leads, Duration patience);

  /// The address by which the other processes can reach this one.
  String ownAddress();

  /// As `HOST:PORT`, or `file:PATH` for processes on one machine.
  ///
  /// @param field names the text in messages
  static MeetingPlace of(String field, String text) {
    if (text.startsWith("file:")) {
      return new SharedFile(Path.of(text.substring("file:".length())));
    }
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon > 0 && port >= 0 && port < 1 << 16) {
        return new Address(text.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidFieldException(field, text, "must be HOST:PORT, such as 192.168.1.10:29500");
  }

  /// A file that all of them can read and write; nothing listens but on the loopback interface.
  record SharedFile(Path file) implements MeetingPlace {
    @Override
    public Store open(boolean leads, Duration patience) {
      FileStore store = new FileStore(file.toString(), -1);
      patient(store, patience);
      return store;
    }

    @Override
    public String ownAddress() {
      return "127.0.0.1";
    }

    @Override
    public String toString() {
      return "file:" + file;
    }
  }

  /// A port of the leader's machine.
  record Address(String host, int port) implements MeetingPlace {
    @Override
    public Store open(boolean leads, Duration patience) {
      if (!leads) {
        knock(patience);
      }
      try (Milliseconds time = new Milliseconds(patience.toMillis());
          TCPStoreOptions options = new TCPStoreOptions()) {
        options.port((short) port);
        options.isServer(leads);
        options.waitWorkers(false);
        options.timeout(time);
        TCPStore store = new TCPStore(host, options);
        patient(store, patience);
        return store;
      }
    }

    /// Waits until someone listens; libtorch would fill the screen with each try.
    private void knock(Duration patience) {
      long end = System.nanoTime() + patience.toNanos();
      while (true) {
        try (Socket socket = new Socket()) {
          socket.connect(
              new InetSocketAddress(host, port), (int) Math.min(5_000, patience.toMillis()));
          return;
        } catch (IOException e) {
          if (System.nanoTime() > end) {
            throw new UncheckedIOException("nobody listens at " + this, e);
          }
          Rendezvous.pause();
        }
      }
    }

    @Override
    public String ownAddress() {
      try (DatagramSocket socket = new DatagramSocket()) {
        InetAddress leader = InetAddress.getByName(host);
        socket.connect(new InetSocketAddress(leader, Math.max(1, port))); // sends nothing
        return socket.getLocalAddress().getHostAddress();
      } catch (SocketException e) {
        throw new UncheckedIOException("no way leads to " + host, e);
      } catch (IOException e) {
        throw new UncheckedIOException("no machine is named " + host, e);
      }
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  private static void patient(Store store, Duration patience) {
    try (Milliseconds time = new Milliseconds(patience.toMillis())) {
      store.setTimeout(time);
    }
  }
}
