package io.zhiyin.learning.train;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;

/// Whether libtorch can compute on an NVIDIA device here: its CUDA libraries are on the class path
/// (Maven profile `cuda`), chosen by JavaCPP's platform extension, loaded, and there is a device.
final class Cuda {
  private static final String EXTENSION = "-gpu";

  private Cuda() {}

  /// Why there is no CUDA.
  ///
  /// @param expected whether a person who never asked for CUDA need not hear of it
  record Missing(String english, String chinese, boolean expected) {}

  /// Nothing when there is a device to train on.
  ///
  /// @throws DeviceMissingException when libtorch itself cannot be loaded, so that nothing can be
  ///   trained in this process, on the CPU neither
  static Optional<Missing> missing() {
    String library =
        "/org/bytedeco/pytorch/"
            + Loader.getPlatform()
            + EXTENSION
            + "/"
            + System.mapLibraryName("torch_cuda");
    boolean there = torch.class.getResource(library) != null;
    String extension = Loader.loadProperties().getProperty("platform.extension");
    return missing(there, EXTENSION.equals(extension), () -> unloaded(library), Cuda::devices);
  }

  /// @param there whether the libraries are on the class path
  /// @param chosen whether they are the ones that JavaCPP loads
  /// @param unloaded why they could not be loaded
  /// @param devices how many devices there are
  static Optional<Missing> missing(
      boolean there, boolean chosen, Supplier<Optional<String>> unloaded, IntSupplier devices) {
    if (!there) {
      return Optional.of(
          new Missing(
              "this build has no CUDA libraries. 'ZHIYIN_CUDA=1 ./zhiyin …' fetches them (Linux,"
                  + " x86-64) and runs with them.",
              "此构建不含 CUDA 库。用 'ZHIYIN_CUDA=1 ./zhiyin …' 运行会自动下载（Linux x86-64）。",
              true));
    }
    if (!chosen) {
      return Optional.of(
          new Missing(
              "the CUDA libraries are there but not chosen: start Java with"
                  + " -Dorg.bytedeco.javacpp.platform.extension=-gpu, as ZHIYIN_CUDA=1 does.",
              "CUDA 库存在但未启用：请以 -Dorg.bytedeco.javacpp.platform.extension=-gpu 启动 Java，或设置"
                  + " ZHIYIN_CUDA=1。",
              false));
    }
    Optional<String> why = unloaded.get();
    if (why.isPresent()) {
      return Optional.of(
          new Missing(
              "the CUDA libraries cannot be loaded ("
                  + why.get()
                  + "). Install CUDA 13, cuDNN 9 and NCCL 2, or name their folders in"
                  + " LD_LIBRARY_PATH.",
              "无法加载 CUDA 库（"
                  + why.get()
                  + "）。请安装 CUDA 13、cuDNN 9 与 NCCL 2，或在 LD_LIBRARY_PATH 中给出其目录。",
              false));
    }
    if (devices.getAsInt() == 0) {
      return Optional.of(
          new Missing(
              "no CUDA device was found. Check that 'nvidia-smi' shows one and that its driver is"
                  + " for CUDA 13.",
              "未找到 CUDA 设备。请确认 'nvidia-smi' 能看到设备且驱动支持 CUDA 13。",
              false));
    }
    return Optional.empty();
  }

  /// JavaCPP loads them before libtorch and says nothing when it cannot; asked for by itself, the
  /// system says which library is missing.
  @SuppressWarnings("restricted") // a library that JavaCPP was asked to load
  private static Optional<String> unloaded(String library) {
    try {
      Loader.load(torch.class);
    } catch (LinkageError e) {
      throw new DeviceMissingException(
          "libtorch with CUDA cannot be loaded ("
              + e.getMessage()
              + "). Install CUDA 13, cuDNN 9 and NCCL 2, or run without ZHIYIN_CUDA to train on the"
              + " CPU.",
          "无法加载带 CUDA 的 libtorch（"
              + e.getMessage()
              + "）。请安装 CUDA 13、cuDNN 9 与 NCCL 2，或不设 ZHIYIN_CUDA 在 CPU 上训练。");
    }
    if (Context.hasCUDART()) {
      return Optional.empty();
    }
    try {
      System.load(Loader.cacheResource(torch.class, library).getPath());
      return Optional.of("they load only after libtorch");
    } catch (UnsatisfiedLinkError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.of("they cannot be unpacked: " + e.getMessage());
    }
  }

  private static int devices() {
    return torch.cuda_is_available() ? torch.cuda_device_count() : 0;
  }
}
