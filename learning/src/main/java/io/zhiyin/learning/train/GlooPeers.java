package io.zhiyin.learning.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.gloo.Device;

/// Processes that are connected by TCP, each with each, through libtorch's process group over
/// [Gloo](https://github.com/pytorch/gloo). A process that ends closes its connections, by which
/// the others know; one whose machine is cut off is missed after a time.
final class GlooPeers implements Peers {
  private static final int CHUNK = 1 << 22;

  /// How long the others may take for what they do between two steps, such as the leader's
  /// validation; longer ago, a machine that says nothing is taken for cut off.
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final int rank;
  private final int size;
  // what the group uses must live as long as the group
  private final Milliseconds time;
  private final Milliseconds patience;
  private final ProcessGroupGloo.Options options;
  private final Device device;
  private final GlooDeviceVector devices;
  private final ProcessGroupGloo group;

  /// Connects with all others, who do the same at the same time.
  ///
  /// @param store where addresses are exchanged; must stay open until this is closed
  /// @param address of this process, by which others can reach it
  GlooPeers(Store store, int rank, int size, String address) {
    this.rank = rank;
    this.size = size;
    try {
      time = new Milliseconds(Rendezvous.CONNECTING.toMillis());
      options = ProcessGroupGloo.Options.create(time);
      device = ProcessGroupGloo.createDeviceForHostname(address);
      devices = new GlooDeviceVector(device);
      options.devices(devices);
      group = new ProcessGroupGloo(store, rank, size, options);
      patience = new Milliseconds(PATIENCE.toMillis());
      group.setTimeout(patience);
    } catch (RuntimeException e) {
      throw lost(e);
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void sum(Tensor numbers) {
    try (PointerScope _ = new PointerScope()) {
      await(group.allreduce(new TensorVector(numbers)));
    } catch (RuntimeException e) {
      throw lost(e);
    }
  }

  @Override
  public void write(Writing writing) throws IOException {
    try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new Said(), CHUNK))) {
      writing.to(out);
    }
  }

  @Override
  public <T> T read(Reading<T> reading) throws IOException {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(new Heard()))) {
      T result = reading.from(in);
      if (in.read() >= 0) {
        throw new IOException("the leader said more than was expected");
      }
      return result;
    }
  }

  private void await(Work work) {
    work._wait();
  }

  /// As many bytes from the leader to all others.
  private byte[] broadcast(byte[] bytes) {
    try (PointerScope _ = new PointerScope()) {
      Tensor tensor = AbstractTensor.create(bytes);
      await(group.broadcast(new TensorVector(tensor)));
      byte[] result = new byte[bytes.length];
      tensor.data_ptr_byte().get(result);
      return result;
    } catch (RuntimeException e) {
      throw lost(e);
    }
  }

  private PeerLostException lost(RuntimeException e) {
    return rank == 0
        ? new PeerLostException(
            "A worker of this training is gone, so the training was ended. Run the same command"
                + " again: it goes on from the last checkpoint.",
            "有一个训练进程已退出，训练中止。请重新运行同一命令，将从最近的检查点继续。",
            e)
        : new PeerLostException(
            "The leader of this training, or another worker, is gone, so this worker ends. Start the"
                + " training again on the leader's machine, then join again.",
            "训练的主进程或其他进程已退出，本进程结束。请在主进程所在机器重新开始训练，然后再次加入。",
            e);
  }

  @Override
  public void close() {
    group.close();
    options.close();
    devices.close();
    device.close();
    time.close();
    patience.close();
  }

  /// Each piece is its length and its bytes; a length of 0 is the end.
  private final class Said extends OutputStream {
    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      if (length > 0) {
        piece(Arrays.copyOfRange(bytes, from, from + length));
      }
    }

    @Override
    public void close() {
      piece(new byte[0]);
    }

    private void piece(byte[] bytes) {
      byte[] length = new byte[Integer.BYTES];
      for (int i = 0; i < length.length; i++) {
        length[i] = (byte) (bytes.length >>> (8 * i));
      }
      broadcast(length);
      if (bytes.length > 0) {
        broadcast(bytes);
      }
    }
  }

  private final class Heard extends InputStream {
    private byte[] piece = new byte[0];
    private int at;
    private boolean ended;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      if (length == 0) {
        return 0;
      }
      if (at == piece.length && !next()) {
        return -1;
      }
      int count = Math.min(length, piece.length - at);
      System.arraycopy(piece, at, bytes, from, count);
      at += count;
      return count;
    }

    private boolean next() {
      if (ended) {
        return false;
      }
      byte[] bytes = broadcast(new byte[Integer.BYTES]);
      int length = 0;
      for (int i = 0; i < bytes.length; i++) {
        length |= (bytes[i] & 0xff) << (8 * i);
      }
      ended = length == 0;
      at = 0;
      piece = ended ? new byte[0] : broadcast(new byte[length]);
      return !ended;
    }
  }
}
