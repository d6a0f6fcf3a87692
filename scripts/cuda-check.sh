#!/bin/sh
# Shows training on an NVIDIA device without Maven: what is there, the tests, steps beside the plain loop and beside the
# CPU, and a shop trained and evaluated (docs/model.md#cuda).
#   scripts/cuda-check.sh [DATA]     DATA: a data directory that was imported into, which is copied; a made shop without it
# CLASSPATH_CUDA names classes and jars where 'ZHIYIN_CUDA=1 ./zhiyin' did not write them; JUNIT_CONSOLE names the jar
# junit-platform-console-standalone, with which the tests run too; PARTS is some of "tests bench train".
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
if [ -z "${JAVA_HOME:-}" ]; then . "$root/.mvn/find-jdk.sh"; fi
classpath=${CLASSPATH_CUDA:-"$root/lab/target/classes:$(cat "$root/lab/target/classpath-cuda")"}
parts=${PARTS:-tests bench train}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE GOMP_SPINCOUNT=0 TORCH_CPP_LOG_LEVEL=ERROR

run() {
  "$JAVA_HOME/bin/java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Djava.awt.headless=true -Dzhiyin.root="$root" \
    -Dorg.bytedeco.javacpp.platform.extension=-gpu "$@"
}

made_shop() {
  # shoppers on a ring of 200 items, nine steps of ten to the next one
  awk 'BEGIN { srand(7); print "userId,itemId,eventType,eventTime"
    for (u = 0; u < 2000; u++) { i = int(rand() * 200)
      for (e = 0; e < 12; e++) { printf "u%d,i%d,detail-page-view,%d\n", u, i, 1700000000 + u * 60 + e * 3600
        i = rand() < .9 ? (i + 1) % 200 : int(rand() * 200) } } }' >"$work/events.csv"
  run -cp "$classpath" io.zhiyin.server.Main import --data "$work/shop" --format csv "$work/events.csv"
}

echo "== device"
nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader || true

case " $parts " in *" tests "*)
  if [ -n "${JUNIT_CONSOLE:-}" ]; then
    echo "== tests"
    run -Xmx4g -cp "$JUNIT_CONSOLE:$root/learning/target/test-classes:$classpath" \
      org.junit.platform.console.ConsoleLauncher execute --details=tree --disable-banner --disable-ansi-colors \
      --select-class=io.zhiyin.learning.train.CudaTrainingTest \
      --select-class=io.zhiyin.learning.train.DeviceStepTest
  else
    echo "== tests: left out, JUNIT_CONSOLE names no jar"
  fi
  ;;
esac

case " $parts " in *" bench "*)
  for device in cuda cpu; do
    echo "== bench train --device $device"
    run -cp "$classpath" io.zhiyin.lab.LabMain bench train --device "$device" --json "$work/$device.json"
  done
  ;;
esac

case " $parts " in *" train "*)
  if [ $# -gt 0 ]; then cp -R "$1" "$work/shop"; else made_shop; fi
  for device in cuda cpu; do
    echo "== evaluate --device $device"
    run -Xmx6g -cp "$classpath" io.zhiyin.server.Main evaluate --data "$work/shop" --device "$device" --methods popular,sequence
  done
  echo "== train --device cuda"
  run -Xmx6g -cp "$classpath" io.zhiyin.server.Main train --data "$work/shop" --device cuda --activate always
  ;;
esac
