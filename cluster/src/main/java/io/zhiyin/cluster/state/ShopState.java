package io.zhiyin.cluster.state;

import io.zhiyin.engine.catalog.Catalog;
import io.zhiyin.engine.catalog.CatalogImage;
import io.zhiyin.engine.event.CatalogEvent;
import io.zhiyin.engine.event.Event;
import io.zhiyin.engine.event.ItemId;
import io.zhiyin.engine.event.Journal;
import io.zhiyin.engine.event.ShopperEvent;
import io.zhiyin.engine.event.UserErased;
import io.zhiyin.engine.profile.ProfileFold;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Everything that is folded from one shop's journal. One thread folds; any thread reads.
final class ShopState implements Journal.Reader {
  private final Catalog catalog = new Catalog();
  private final ProfileFold profiles = new ProfileFold(catalog.vocabulary());

  /// Held for each event, so that an image is of one place of the journal.
  private final ReentrantLock folding = new ReentrantLock();

  private long position;

  /// Erasures that are folded but of which the journal still has the records.
  private int unfinishedErasures;

  /// @param position the offset of the first event that will be folded
  ShopState(long position) {
    this.position = position;
  }

  @Override
  public void accept(long offset, Event event) {
    folding.lock();
    try {
      switch (event) {
        case CatalogEvent change -> catalog.apply(change);
        case ShopperEvent shopper -> profiles.apply(shopper);
        case UserErased erased -> {
          unfinishedErasures++;
          profiles.apply(erased);
        }
      }
      position = offset + 1;
    } finally {
      folding.unlock();
    }
  }

  /// The records of an erased user have left the journal.
  ///
  /// @param items that those records named
  void erased(List<ItemId> items) {
    folding.lock();
    try {
      items.forEach(catalog.vocabulary()::unname);
      unfinishedErasures--;
    } finally {
      folding.unlock();
    }
  }

  /// The offset of the first event that is not folded yet.
  long position() {
    folding.lock();
    try {
      return position;
    } finally {
      folding.unlock();
    }
  }

  /// Begins an image of the state as it is now. None while a user is being erased: the request must
  /// not be behind an image until it is done. None either when a replay would not give the same.
  Optional<StateImage> image() {
    folding.lock();
    try {
      if (unfinishedErasures > 0 || !profiles.isExact()) {
        return Optional.empty();
      }
      CatalogImage items = catalog.image();
      return Optional.of(new StateImage(position, items, profiles.image(items.places())));
    } finally {
      folding.unlock();
    }
  }

  Catalog catalog() {
    return catalog;
  }

  ProfileFold profiles() {
    return profiles;
  }
}
