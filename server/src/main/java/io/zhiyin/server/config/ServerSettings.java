package io.zhiyin.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;

/// How one server runs.
///
/// @param data the data directory
/// @param host the name or address to listen on
/// @param port the port, 0 for any that is free
/// @param limits what one client may ask
/// @param accessLog whether every request leaves a line
/// @param refreshEvery how long after a change the counts behind the lists are made anew
/// @param retraining when models are trained without being asked
/// @param capacity how much is worked on at one time
/// @param drain how long a stop waits for requests that are being answered
/// @param origins of other pages that may call
public record ServerSettings(
    Path data,
    String host,
    int port,
    Limits limits,
    boolean accessLog,
    Duration refreshEvery,
    Retraining retraining,
    Capacity capacity,
    Duration drain,
    Origins origins) {
  public static final String LOOPBACK = "127.0.0.1";

  /// The settings that need no thought: loopback, default limits.
  public static ServerSettings of(Path data, int port) {
    return new ServerSettings(
        data,
        LOOPBACK,
        port,
        Limits.DEFAULT,
        false,
        Duration.ofSeconds(15),
        Retraining.OFF,
        Capacity.DEFAULT,
        Duration.ofSeconds(10),
        Origins.NONE);
  }

  public ServerSettings withHost(String newHost) {
    return new ServerSettings(
        data, newHost, port, limits, accessLog, refreshEvery, retraining, capacity, drain, origins);
  }

  public ServerSettings withLimits(Limits newLimits) {
    return new ServerSettings(
        data, host, port, newLimits, accessLog, refreshEvery, retraining, capacity, drain, origins);
  }

  public ServerSettings withAccessLog(boolean on) {
    return new ServerSettings(
        data, host, port, limits, on, refreshEvery, retraining, capacity, drain, origins);
  }

  public ServerSettings withRefreshEvery(Duration every) {
    return new ServerSettings(
        data, host, port, limits, accessLog, every, retraining, capacity, drain, origins);
  }

  public ServerSettings withRetraining(Retraining when) {
    return new ServerSettings(
        data, host, port, limits, accessLog, refreshEvery, when, capacity, drain, origins);
  }

  public ServerSettings withCapacity(Capacity other) {
    return new ServerSettings(
        data, host, port, limits, accessLog, refreshEvery, retraining, other, drain, origins);
  }

  public ServerSettings withOrigins(Origins others) {
    return new ServerSettings(
        data, host, port, limits, accessLog, refreshEvery, retraining, capacity, drain, others);
  }

  /// The address to listen on.
  ///
  /// @throws SettingsException when there is no such host
  public InetAddress address() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new SettingsException(
          "Cannot listen on '"
              + host
              + "': no such host. Use 127.0.0.1, or an address of this"
              + " machine.",
          e);
    }
  }
}
