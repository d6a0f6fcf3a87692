package io.zhiyin.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.zhiyin.server.config.Limits;
import io.zhiyin.server.telemetry.Meters;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// All open connections. The web server bounds what a client may send, but hardly how slowly: it
/// waits for the rest of a head, and for who does not read, as long as the connection lasts.
final class Connections implements ServerConnectionSelector, AutoCloseable {
  /// How many more than the limit the web server lets in, for the time until one is closed.
  static final int SPARE = 64;

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Http1ConnectionSelector http;
  private final Limits limits;
  private final Meters meters;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("zhiyin-connections").daemon().factory());

  Connections(Limits limits, Meters meters) {
    this.limits = limits;
    this.meters = meters;
    Http1Config config =
        Http1Config.builder()
            .maxPrologueLength(limits.lineBytes())
            .maxHeadersSize(limits.headerBytes())
            .build();
    this.http = Http1ConnectionSelector.builder().config(config).build();
    meters.connections(open::size);
    long often = Math.min(limits.patience().shortest().toNanos() / 4, LOOK.toNanos());
    var _ = watch.scheduleWithFixedDelay(this::look, often, often, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    for (Connection connection : open) {
      Connection.Reason ended = connection.look(now, limits.patience());
      if (ended != null) {
        meters.connectionClosed(ended.wireName());
      }
    }
  }

  /// Closes the connection that has been without a whole request for the longest.
  private void makeRoom() {
    @Nullable Connection longest = null;
    long since = 0;
    for (Connection connection : open) {
      @Nullable Long waiting = connection.waitingSince();
      if (waiting != null && (longest == null || waiting - since < 0)) {
        longest = connection;
        since = waiting;
      }
    }
    if (longest != null && longest.makeRoom()) {
      meters.connectionClosed(Connection.Reason.CROWDED.wireName());
    }
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    Connection connection = new Connection(context);
    return new Watched(connection, http.connection(new WatchedContext(context, connection)));
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  private final class Watched implements ServerConnection {
    private final Connection connection;
    private final ServerConnection inner;

    Watched(Connection connection, ServerConnection inner) {
      this.connection = connection;
      this.inner = inner;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      if (open.size() >= limits.connections()) {
        makeRoom();
      }
      open.add(connection);
      connection.enter();
      try {
        inner.handle(limit);
      } finally {
        connection.leave();
        open.remove(connection);
      }
    }

    @Override
    public Duration idleTime() {
      return Duration.ZERO; // looked at above
    }

    @Override
    public void close(boolean interrupt) {
      inner.close(interrupt);
    }
  }
}
