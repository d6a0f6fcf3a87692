package io.zhiyin.cluster.state;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.profile.ProfileFold;

/// Everything that is folded from one shop's journal. One thread folds; any thread reads.
final class ShopState implements Journal.Reader {
  private final Catalog catalog = new Catalog();
  private final ProfileFold profiles = new ProfileFold(catalog.vocabulary());

  @Override
  public void accept(long offset, Event event) {
    switch (event) {
      case CatalogEvent change -> catalog.apply(change);
      case ShopperEvent shopper -> profiles.apply(shopper);
      case UserErased erased -> profiles.apply(erased);
    }
  }

  Catalog catalog() {
    return catalog;
  }

  ProfileFold profiles() {
    return profiles;
  }
}
