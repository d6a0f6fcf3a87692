package io.zhiyin.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The device of a training")
class TrainingDeviceTest {
  private final List<String> told = new ArrayList<>();
  private final TrainingProgress.Listener listener =
      new TrainingProgress.Listener() {
        @Override
        public void heard(TrainingProgress progress) {}

        @Override
        public void told(String english, String chinese) {
          told.add(english);
        }
      };

  @ParameterizedTest
  @EnumSource
  @DisplayName("is found by the name that it is written with")
  void names(TrainingDevice device) {
    assertEquals(device, TrainingDevice.of(device.wireName()));
  }

  @Test
  @DisplayName("of another name is refused with all names")
  void other() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> TrainingDevice.of("gpu"));
    assertEquals("there is no device 'gpu', only auto, cpu, cuda", e.getMessage());
  }

  @Test
  @DisplayName("is the CPU when that is chosen, whatever is there")
  void cpu() {
    assertFalse(TrainingDevice.CPU.onCuda(true, listener));
    assertEquals(List.of(), told);
  }

  @Test
  @DisplayName("is the CPU for several processes, which may not ask for CUDA")
  void several() {
    assertFalse(TrainingDevice.AUTO.onCuda(false, listener));
    DeviceMissingException e =
        assertThrows(
            DeviceMissingException.class, () -> TrainingDevice.CUDA.onCuda(false, listener));
    assertTrue(String.valueOf(e.getMessage()).contains("leave out --workers"), e::getMessage);
  }

  @Test
  @DisplayName("says what is missing for CUDA, and only to who could have expected it")
  void missing() {
    Cuda.Missing plain = missing(false, false, null, 1).orElseThrow();
    assertTrue(plain.expected());
    assertTrue(plain.english().contains("ZHIYIN_CUDA=1"), plain::english);
    assertTrue(missing(true, false, null, 1).orElseThrow().english().contains("extension=-gpu"));
    Cuda.Missing library = missing(true, true, "libcudnn.so.9: no such file", 1).orElseThrow();
    assertTrue(library.english().contains("(libcudnn.so.9: no such file)"), library::english);
    assertTrue(library.english().contains("LD_LIBRARY_PATH"), library::english);
    Cuda.Missing device = missing(true, true, null, 0).orElseThrow();
    assertFalse(device.expected());
    assertTrue(device.english().contains("nvidia-smi"), device::english);
    assertTrue(missing(true, true, null, 1).isEmpty());
  }

  private static Optional<Cuda.Missing> missing(
      boolean there, boolean chosen, String unloaded, int devices) {
    return Cuda.missing(there, chosen, () -> Optional.ofNullable(unloaded), () -> devices);
  }
}
