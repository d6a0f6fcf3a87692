package io.zhiyin.server.http;

import io.zhiyin.cluster.state.ReplayProgress;
import io.zhiyin.engine.event.ShopId;
import io.zhiyin.server.config.ApiKey;
import io.zhiyin.server.config.KeyFile;
import io.zhiyin.server.config.LiveKeys;
import io.zhiyin.server.config.ServerSettings;
import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.storefront.Pictures;
import io.zhiyin.server.telemetry.AccessLog;
import io.zhiyin.server.telemetry.Meters;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/// A whole server: it listens at once and is ready when all shops are read.
public final class RunningServer implements AutoCloseable {
  private final ShopHub shops;
  private final ApiServer api;
  private final LiveKeys keys;

  private RunningServer(ShopHub shops, ApiServer api, LiveKeys keys) {
    this.shops = shops;
    this.api = api;
    this.keys = keys;
  }

  /// Takes the data directory and listens. Calls to a shop are answered 503 until [#openShops] has
  /// returned.
  ///
  /// @throws io.zhiyin.server.config.SettingsException when it cannot run as it is set up
  /// @throws io.zhiyin.cluster.journal.DataRefusedException when the data are in use or damaged
  public static RunningServer listen(
      ServerSettings settings, Clock clock, AccessLog log, ReplayProgress progress)
      throws IOException {
    Meters meters = new Meters();
    LiveKeys keys = new LiveKeys(new KeyFile(settings.data()), clock);
    ShopHub shops =
        ShopHub.open(
            settings.data(),
            clock,
            settings.refreshEvery(),
            settings.retraining(),
            settings.capacity().budget(),
            meters,
            progress);
    try {
      ApiServer.checkMayListen(settings, keys); // else a large shop would be read first
      shops.readAhead(wanted(keys)); // beside the door, whose classes take half a second to read
      Pictures pictures = new Pictures(settings.data().resolve("images"));
      RouteTable table = ApiRoutes.table(shops, pictures, clock, meters);
      ApiServer api = ApiServer.start(settings, table, keys, log, meters);
      return new RunningServer(shops, api, keys);
    } catch (RuntimeException e) {
      shops.close();
      throw e;
    }
  }

  /// Reads and fits the shops that have data or keys, and the default one where there are no keys.
  public void openShops() throws IOException {
    shops.start(wanted(keys));
  }

  private static Set<ShopId> wanted(LiveKeys keys) {
    Set<ShopId> wanted = new HashSet<>();
    for (ApiKey key : keys.current().keys()) {
      wanted.add(key.shop());
    }
    return wanted.isEmpty() ? Set.of(ShopId.DEFAULT) : wanted;
  }

  /// Where it listens, as in `http://127.0.0.1:8080`.
  public String url() {
    return api.url();
  }

  public ShopHub shops() {
    return shops;
  }

  /// Finishes the requests that are being answered, then lets the data go.
  @Override
  public void close() throws IOException {
    api.close();
    shops.close();
  }
}
