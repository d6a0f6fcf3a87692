package io.zhiyin.kernel.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTimeTest {
  @ParameterizedTest(name = "{0} ms are in bucket {1}")
  @CsvSource({
    "0,0",
    "-5,0",
    "499,0",
    "500,1",
    "999,1",
    "1000,2",
    "1999,2",
    "2000,3",
    "3000,4",
    "60000,11",
    "86400000,32",
    "31536000000,49",
    "9223372036854775807,63"
  })
  void growWiderWithTime(long millis, int bucket) {
    assertEquals(bucket, ElapsedTime.bucket(millis));
  }
}
