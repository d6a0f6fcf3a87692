#!/bin/sh
# Fuzzes the doors and file formats: any bytes must give the documented refusal, never another
# exception, a hang or a large allocation. A finding ends its target and is named at the end.
#   scripts/fuzz.sh MINUTES [TARGET…]     MINUTES for each target, one after the other
# Inputs that reached something new are kept in .zhiyin/fuzz/TARGET; what is worth replaying in
# every build belongs in fuzz/TARGET.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
minutes=${1:?"usage: scripts/fuzz.sh MINUTES [TARGET…]"}
shift
cd "$root"
. "$root/.mvn/find-jdk.sh" # java on the PATH may be older than what the product needs
work=.zhiyin/fuzz
mkdir -p "$work"

test_class() {
  case $1 in
    events) echo engine io.zhiyin.engine.intake.EventsFuzzTest ;;
    items) echo engine io.zhiyin.engine.intake.ItemsFuzzTest ;;
    csv) echo engine io.zhiyin.engine.intake.CsvFuzzTest ;;
    cel) echo engine io.zhiyin.engine.filter.ConditionsFuzzTest ;;
    rules) echo engine io.zhiyin.engine.rule.RulesFuzzTest ;;
    records) echo engine io.zhiyin.engine.event.RecordsFuzzTest ;;
    ranking) echo engine io.zhiyin.engine.rank.RankingFilesFuzzTest ;;
    model) echo engine io.zhiyin.engine.model.ModelFilesFuzzTest ;;
    safetensors) echo kernel io.zhiyin.kernel.nn.SafetensorsFuzzTest ;;
    snapshot) echo cluster io.zhiyin.cluster.state.SnapshotFuzzTest ;;
    training) echo learning io.zhiyin.learning.train.TrainingFilesFuzzTest ;;
    vectors) echo learning io.zhiyin.learning.encode.VectorFileFuzzTest ;;
    small) echo server io.zhiyin.server.command.SmallFilesFuzzTest ;;
    http) echo server io.zhiyin.server.http.HttpFuzzTest ;;
    calls) echo server io.zhiyin.server.http.CallsFuzzTest ;;
    *) echo "There is no target '$1'." >&2; exit 2 ;;
  esac
}

# What beside our own code and Jackson the fuzzer looks into.
library() {
  case $1 in
    cel) echo ':dev.cel.**' ;;
    csv) echo ':de.siegmar.**' ;;
    http) echo ':io.helidon.**' ;;
  esac
}

[ $# -gt 0 ] || set -- events items csv cel http calls rules records snapshot model safetensors \
  ranking training vectors small
if [ -z "${FUZZ_BUILT:-}" ]; then
  ./mvnw -q -Pfuzz -DskipTests -Djacoco.skip test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile=target/fuzz-classpath
fi

found=
for target in "$@"; do
  set -- $(test_class "$target")
  module=$1
  class=$2
  mkdir -p "$work/$target" "$work/findings/$target"
  echo "== $target: $class, $minutes minutes"
  "$JAVA_HOME/bin/java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -XX:+EnableDynamicAgentLoading -Xmx1g \
    -Dzhiyin.root="$root" -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/fuzz-classpath")" \
    com.code_intelligence.jazzer.Jazzer --target_class="$class" \
    --disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery \
    --instrumentation_includes="io.zhiyin.**:com.fasterxml.**$(library "$target")" \
    --reproducer_path="$work/findings/$target" \
    -artifact_prefix="$work/findings/$target/" -max_total_time=$((minutes * 60)) -timeout=120 \
    -rss_limit_mb=3000 -malloc_limit_mb=0 -max_len="${FUZZ_MAX_LEN:-4096}" -print_final_stats=1 \
    "$work/$target" "fuzz/$target" >"$work/$target.log" 2>&1 || found="$found $target"
  grep -E 'stat::|cov:|== Java Exception|^Caused by|ERROR: libFuzzer' "$work/$target.log" | tail -8
done
[ -z "$found" ] || { echo "Findings in:$found (see $work/TARGET.log)"; exit 1; }
