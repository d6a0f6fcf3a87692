package io.zhiyin.learning.train;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
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

  /// What was found when this was first asked.
  private static final class Found {
    static final Optional<Missing> MISSING = look();
  }

  /// Nothing when there is a device to train on.
  static Optional<Missing> missing() {
    return Found.MISSING;
  }

  private static Optional<Missing> look() {
    String library =
        "/org/bytedeco/pytorch/"
            + Loader.getPlatform()
            + EXTENSION
            + "/"
            + System.mapLibraryName("torch_cuda");
    boolean there = torch.class.getResource(library) != null;
    String extension = Loader.loadProperties().getProperty("platform.extension");
    return missing(there, EXTENSION.equals(extension), Cuda::devices);
  }

  /// How many devices there are.
  @FunctionalInterface
  interface Devices {
    int count();
  }

  /// @param there whether the libraries are on the class path
  /// @param chosen whether they are the ones that JavaCPP loads
  static Optional<Missing> missing(boolean there, boolean chosen, Devices devices) {
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
    if (devices.count() == 0) {
      return Optional.of(
          new Missing(
              "no CUDA device was found. Check that 'nvidia-smi' shows one and that its driver is"
                  + " for CUDA 13.",
              "未找到 CUDA 设备。请确认 'nvidia-smi' 能看到设备且驱动支持 CUDA 13。",
              false));
    }
    return Optional.empty();
  }

  /// @throws DeviceMissingException when a library that libtorch needs is not there
  private static int devices() {
    try {
      Loader.load(torch.class);
      return torch.cuda_is_available() ? torch.cuda_device_count() : 0;
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      // libtorch itself needs them: without, nothing can be trained in this process
      throw new DeviceMissingException(
          "The CUDA libraries cannot be loaded ("
              + e.getMessage()
              + "). Install CUDA 13, cuDNN 9 and NCCL 2, or name their folders in LD_LIBRARY_PATH; without"
              + " ZHIYIN_CUDA training uses the CPU.",
          "无法加载 CUDA 库（"
              + e.getMessage()
              + "）。请安装 CUDA 13、cuDNN 9 与 NCCL 2，或在 LD_LIBRARY_PATH 中给出其目录；不设 ZHIYIN_CUDA 则使用 CPU。");
    }
  }
}
