package io.zhiyin.server.http;

import io.helidon.webserver.WebServer;
import io.zhiyin.server.config.LiveKeys;
import io.zhiyin.server.config.ServerSettings;
import io.zhiyin.server.config.SettingsException;
import io.zhiyin.server.telemetry.AccessLog;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The listening side: one socket, one virtual thread a connection, one table of calls.
public final class ApiServer implements AutoCloseable {
  private final WebServer server;
  private final Dispatcher dispatcher;
  private final Admissions admissions;
  private final Connections connections;
  private final Duration drain;
  private final String address;

  private ApiServer(
      WebServer server,
      Dispatcher dispatcher,
      Admissions admissions,
      Connections connections,
      Duration drain,
      String address) {
    this.server = server;
    this.admissions = admissions;
    this.connections = connections;
    this.dispatcher = dispatcher;
    this.drain = drain;
    this.address = address;
  }

  /// Finds out in a millisecond what [#start] would say after half a second.
  ///
  /// @throws SettingsException when it would listen beyond loopback without keys, or cannot listen
  static void checkMayListen(ServerSettings settings, LiveKeys keys) {
    InetAddress address = settings.address();
    if (!address.isLoopbackAddress() && keys.current().isEmpty()) {
      throw new SettingsException(
          "Without keys the server listens on loopback only, not on "
              + settings.host()
              + ". Create a key first: zhiyin keys create --data "
              + settings.data()
              + " --role admin --shop default");
    }
    try {
      new ServerSocket(settings.port(), 1, address).close();
    } catch (IOException e) {
      throw cannotListen(settings, e);
    }
  }

  private static SettingsException cannotListen(ServerSettings settings, Exception cause) {
    return new SettingsException(
        "Cannot listen on "
            + settings.host()
            + " port "
            + settings.port()
            + ": it is in use or not allowed. Choose another with --port.",
        cause);
  }

  /// Listens from when this returns.
  ///
  /// @throws SettingsException when it would listen beyond loopback without keys, or cannot listen
  public static ApiServer start(
      ServerSettings settings, RouteTable table, LiveKeys keys, AccessLog log, Meters meters) {
    checkMayListen(settings, keys);
    InetAddress address = settings.address();
    boolean loopback = address.isLoopbackAddress();
    Admissions admissions = new Admissions(settings.capacity(), meters);
    Dispatcher dispatcher =
        new Dispatcher(
            table,
            new Gatekeeper(keys, loopback),
            new CrossOrigin(settings.origins()),
            new BodyReader(settings.limits()),
            admissions,
            log,
            meters);
    Connections connections = new Connections(settings.limits(), meters);
    WebServer server =
        WebServer.builder()
            .shutdownHook(false)
            .useNio(false) // a blocked read of a plain socket can be interrupted
            .address(address)
            .port(settings.port())
            .maxTcpConnections(settings.limits().connections() + Connections.SPARE)
            .shutdownGracePeriod(Duration.ofMillis(500))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(connections)
            .errorHandling(told -> told.includeEntity(true)) // to our handlers, not to clients
            .directHandlers(TransportProblems.handlers())
            .routing(routing -> routing.any(dispatcher))
            .build();
    try {
      server.start();
    } catch (UncheckedIOException e) {
      connections.close();
      throw cannotListen(settings, e);
    }
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return new ApiServer(
        server, dispatcher, admissions, connections, settings.drain(), host + ":" + server.port());
  }

  public int port() {
    return server.port();
  }

  /// Where it listens, as in `http://127.0.0.1:8080`.
  public String url() {
    return "http://" + address;
  }

  /// Stops listening, lets the requests that are being answered finish, and returns.
  @Override
  public void close() {
    dispatcher.drain();
    Thread stop = Thread.ofVirtual().name("zhiyin-http-stop").start(server::stop);
    long end = System.nanoTime() + drain.toNanos();
    while ((dispatcher.inFlight() > 0 || stop.isAlive()) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    admissions.close();
    connections.close();
  }
}
