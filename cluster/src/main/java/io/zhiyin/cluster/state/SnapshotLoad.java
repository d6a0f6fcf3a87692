package io.zhiyin.cluster.state;

import io.zhiyin.engine.catalog.CatalogImage;
import io.zhiyin.engine.profile.ProfileRestore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Puts a snapshot back into memory: one thread reads and checks, others decode the shoppers.
final class SnapshotLoad {
  /// Pieces that may wait, so that a snapshot is never in memory twice.
  private static final int WAITING = 16;

  private final ShopState state;
  private final ProfileRestore shoppers;
  private final Deque<CompletableFuture<Void>> running = new ArrayDeque<>();

  private SnapshotLoad(long position) {
    this.state = new ShopState(position);
    this.shoppers = new ProfileRestore(state.profiles());
  }

  /// @throws UnusableSnapshotException when a part of it is damaged or makes no sense
  static ShopState from(SnapshotReader reader) throws IOException {
    SnapshotLoad load = new SnapshotLoad(reader.stamp().position());
    try {
      try {
        reader.readTo(load::piece);
      } finally {
        while (!load.running.isEmpty()) {
          load.running.removeFirst().join();
        }
      }
      load.shoppers.finish(load.state.catalog().indexBound());
      return load.state;
    } catch (CompletionException | IllegalArgumentException | IndexOutOfBoundsException problem) {
      throw senseless(problem);
    } catch (java.time.DateTimeException | ArithmeticException problem) {
      throw senseless(problem);
    } catch (NullPointerException | ClassCastException problem) {
      throw senseless(problem);
    }
  }

  private static UnusableSnapshotException senseless(RuntimeException problem) {
    return new UnusableSnapshotException("it makes no sense: " + problem.getMessage(), problem);
  }

  private void piece(SnapshotReader.Piece piece) {
    byte kind = piece.kind();
    if (ProfileRestore.owns(kind)) {
      running.addLast(CompletableFuture.runAsync(() -> shoppers(piece)));
      if (running.size() > WAITING) {
        running.removeFirst().join();
      }
    } else if (CatalogImage.owns(kind)) {
      state.catalog().restore(kind, piece.in());
      piece.done();
    } else {
      throw new IllegalArgumentException("a piece of the unknown kind " + kind);
    }
  }

  private void shoppers(SnapshotReader.Piece piece) {
    shoppers.piece(piece.kind(), piece.in());
    piece.done();
  }
}
