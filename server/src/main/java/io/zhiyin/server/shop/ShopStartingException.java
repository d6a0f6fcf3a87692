package io.zhiyin.server.shop;

import io.zhiyin.engine.event.ShopId;

/// The shop's data are still being read; ask again in a moment.
public final class ShopStartingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ShopStartingException(ShopId shop) {
    super("The shop '" + shop + "' is still being read from disk.", null, false, false);
  }
}
