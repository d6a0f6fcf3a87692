package io.zhiyin.server.command;

import io.zhiyin.learning.train.TrainingDevice;
import picocli.CommandLine.Option;

/// Where a training computes.
final class DeviceOption {
  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "D",
      description = {
        "Where steps are computed: cpu, cuda, or auto (default): cuda when 'ZHIYIN_CUDA=1 ./zhiyin' runs this and a device is there.",
        "训练所用设备：cpu、cuda 或 auto（默认）：用 'ZHIYIN_CUDA=1 ./zhiyin' 运行且有设备时用 cuda。"
      })
  private String device = "auto";

  /// @throws WrongCallException when there is none of that name
  TrainingDevice value() {
    try {
      return TrainingDevice.of(device);
    } catch (IllegalArgumentException e) {
      throw new WrongCallException(
          e.getMessage() + ". Give one of them to --device.",
          "没有名为 '" + device + "' 的设备，请用 --device 指定 auto、cpu 或 cuda。");
    }
  }
}
