package io.zhiyin.learning.train;

import java.io.IOException;
import java.time.Duration;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// A process that takes part in the training of another one, the leader: it needs no data and keeps
/// nothing.
public final class Follower {
  private final MeetingPlace place;
  private final Duration patience;
  private final TrainingProgress.Listener listener;

  private Follower(MeetingPlace place, Duration patience, TrainingProgress.Listener listener) {
    this.place = place;
    this.patience = patience;
    this.listener = listener;
  }

  /// Takes part from now until the training is over.
  ///
  /// @param where as [Rendezvous#where] says it
  /// @param patience how long the leader may take to appear
  /// @param listener is told what a person should know
  /// @throws PeerLostException when there is no leader, or it ends before the training does
  public static void join(String where, Duration patience, TrainingProgress.Listener listener)
      throws IOException {
    new Follower(MeetingPlace.of("join", where), patience, listener).join();
  }

  private void join() throws IOException {
    try (Store store = leader()) {
      Rendezvous.Hello hello = hello(store);
      int rank = (int) store.add(Rendezvous.ARRIVED, 1);
      if (rank >= hello.size()) {
        throw new PeerLostException(
            "The training at " + place + " has all of its " + (hello.size() - 1) + " workers.",
            place + " 的训练已有全部 " + (hello.size() - 1) + " 个进程。");
      }
      listener.told(
          "Joined as worker %d of %d; waiting for the leader to begin."
              .formatted(rank, hello.size() - 1),
          "已作为第 %d 个进程（共 %d 个）加入，等待主进程开始。".formatted(rank, hello.size() - 1));
      awaitBeginning(store, hello);
      try (Peers peers = new GlooPeers(store, rank, hello.size(), place.ownAddress())) {
        follow(peers);
      }
    }
    listener.told("The training is over.", "训练结束。");
  }

  private Store leader() {
    try {
      return place.open(false, patience);
    } catch (RuntimeException e) {
      throw new PeerLostException(
          "No training waits for workers at %s. Start it there with './zhiyin train --data DIR --workers N --listen HOST:PORT'."
              .formatted(place),
          "%s 没有等待加入的训练。请在那台机器上用 './zhiyin train --data DIR --workers N --listen HOST:PORT' 启动。"
              .formatted(place),
          e);
    }
  }

  private static Rendezvous.Hello hello(Store store) {
    try {
      Rendezvous.Hello hello =
          Rendezvous.Hello.of(store.get_to_str(Rendezvous.HELLO))
              .orElseThrow(() -> SharedTraining.otherVersion(null));
      if (!hello.code().equals(CodeVersion.current())) {
        throw SharedTraining.otherVersion(null);
      }
      return hello;
    } catch (PeerLostException e) {
      throw e;
    } catch (RuntimeException e) {
      throw gone(e);
    }
  }

  /// The leader may have much to read first, so that it is watched rather than timed.
  private void awaitBeginning(Store store, Rendezvous.Hello hello) {
    try (StringVector go = new StringVector(Rendezvous.GO);
        StringVector over = new StringVector(Rendezvous.OVER)) {
      while (!store.check(go)) {
        if (store.check(over)) {
          throw gone(null);
        }
        if (place instanceof MeetingPlace.SharedFile
            && ProcessHandle.of(hello.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
          throw gone(null);
        }
        Rendezvous.pause();
      }
    } catch (PeerLostException e) {
      throw e;
    } catch (RuntimeException e) {
      throw gone(e);
    }
  }

  private static PeerLostException gone(@Nullable RuntimeException cause) {
    return new PeerLostException(
        "The leader ended before the training began, so this worker ends.",
        "主进程在训练开始前已退出，本进程结束。",
        cause);
  }

  private static void follow(Peers peers) throws IOException {
    synchronized (SequenceTrainer.ONE_AT_A_TIME) {
      torch.set_num_threads(1);
      SharedTraining shared = peers.read(SharedTraining::read);
      try (SequenceRun run =
          new SequenceRun(
              shared.settings(),
              shared.options(),
              TrainingProgress.Listener.NONE,
              shared.network(),
              shared.batches(),
              _ -> Double.NaN,
              peers)) {
        run.follow();
      }
    }
  }
}
