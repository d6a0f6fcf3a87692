package io.zhiyin.engine.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventIdBytesTest {
  private static final List<String> IDS =
      List.of(
          "a",
          "e1-2",
          "12345678",
          "123456789",
          "c-0123456789abcdef0123456789abcdef",
          "c-0123456789abcdef0123456789abcdef-2",
          "0190c8a5-6f3e-7b21-9c4d-0a1b2c3d4e5f",
          "0190c8a5-6f3e-7b21-9c4d-0a1b2c3d4e50",
          "0190C8A5-6F3E-7B21-9C4D-0A1B2C3D4E5F",
          "0190c8a5-6f3e-7b21-9c4d_0a1b2c3d4e5f",
          "订单-00000001",
          "x".repeat(256) + "00000000",
          "-".repeat(36),
          "deadbeefdeadbeef");

  @Test
  void everyIdComesBackAsItWas() {
    for (String id : IDS) {
      byte[] packed = EventIdBytes.pack(id);
      byte[] text = EventIdBytes.unpack(packed, 0, packed.length);
      assertEquals(id, new String(text, StandardCharsets.UTF_8));
    }
  }

  @Test
  void packedIdsAreInTheOrderOfTheirBytes() {
    for (String a : IDS) {
      for (String b : IDS) {
        byte[] first = EventIdBytes.pack(a);
        byte[] second = EventIdBytes.pack(b);
        int expected =
            Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
        int seen = EventIdBytes.compare(first, 0, first.length, second, 0, second.length);
        assertEquals(Integer.signum(expected), Integer.signum(seen), a + " and " + b);
      }
    }
  }

  @Test
  void randomNumbersTakeHalfOfTheirDigits() {
    assertEquals(17, EventIdBytes.pack("0190c8a5-6f3e-7b21-9c4d-0a1b2c3d4e5f").length);
    assertEquals(19, EventIdBytes.pack("c-0123456789abcdef0123456789abcdef").length);
  }
}
