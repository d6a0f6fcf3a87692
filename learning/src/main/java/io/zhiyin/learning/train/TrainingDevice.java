package io.zhiyin.learning.train;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where the steps of a sequence model's training are computed. Everything else (reading events,
/// trees, blends, serving) runs on the CPU whatever is chosen.
public enum TrainingDevice {
  /// CUDA where this build has it and a device is there, the CPU otherwise.
  AUTO,
  CPU,
  CUDA;

  private static final System.Logger LOG = System.getLogger(TrainingDevice.class.getName());

  /// As a person writes it.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The device of that name.
  ///
  /// @throws IllegalArgumentException when there is none
  public static TrainingDevice of(String name) {
    for (TrainingDevice device : values()) {
      if (device.wireName().equals(name)) {
        return device;
      }
    }
    throw new IllegalArgumentException(
        "there is no device '%s', only %s"
            .formatted(
                name,
                Arrays.stream(values())
                    .map(TrainingDevice::wireName)
                    .collect(Collectors.joining(", "))));
  }

  /// Whether a training computes on CUDA, which is said to the listener with the reason.
  ///
  /// @param alone whether one process trains; several do it on the CPU
  /// @throws DeviceMissingException when CUDA is wanted and cannot be had
  boolean onCuda(boolean alone, TrainingProgress.Listener listener) {
    if (this == CPU) {
      return false;
    }
    if (!alone) {
      if (this == CUDA) {
        throw new DeviceMissingException(
            "Several processes train on the CPU only: leave out --workers, or use --device cpu.",
            "多进程训练仅支持 CPU：请去掉 --workers，或使用 --device cpu。");
      }
      return false;
    }
    Optional<Cuda.Missing> missing = Cuda.missing();
    if (missing.isEmpty()) {
      listener.told("Training on CUDA: a device is there.", "检测到 CUDA 设备，在其上训练。");
      return true;
    }
    if (this == CUDA) {
      throw new DeviceMissingException(
          "There is no CUDA to train on: " + missing.get().english(),
          "无法使用 CUDA 训练：" + missing.get().chinese());
    }
    if (missing.get().expected()) {
      LOG.log(System.Logger.Level.DEBUG, "Training on the CPU: {0}", missing.get().english());
    } else {
      listener.told(
          "Training on the CPU: " + missing.get().english(),
          "在 CPU 上训练：" + missing.get().chinese());
    }
    return false;
  }
}
