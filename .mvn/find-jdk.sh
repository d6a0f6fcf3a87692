# Sourced by ./mvnw and ./zhiyin: exports JAVA_HOME of the newest JDK that is at least 25, wherever
# machines usually keep one, and a locale in which files may have names in any script. A JAVA_HOME that
# is new enough already is left as it is.

zhiyin_jdk_major() {
  # prints the major version of the JDK in folder $1, or 0 where it holds none
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | head -n 1 | grep . || echo 0
}

zhiyin_find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && [ "$(zhiyin_jdk_major "$JAVA_HOME")" -ge 25 ]; then
    export JAVA_HOME
    return 0
  fi
  zhiyin_best='' zhiyin_best_major=24
  zhiyin_on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$zhiyin_on_path" ]; then
    zhiyin_on_path=$(readlink -f "$zhiyin_on_path" 2>/dev/null || echo "$zhiyin_on_path")
    zhiyin_on_path=${zhiyin_on_path%/bin/javac}
  fi
  set +f
  for zhiyin_dir in "$zhiyin_on_path" /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.jenv/versions/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$zhiyin_dir" ] || continue
    zhiyin_major=$(zhiyin_jdk_major "$zhiyin_dir")
    if [ "$zhiyin_major" -gt "$zhiyin_best_major" ]; then
      zhiyin_best=$zhiyin_dir zhiyin_best_major=$zhiyin_major
    fi
  done
  if [ -z "$zhiyin_best" ]; then
    echo "Zhiyin needs a JDK 25 or newer and found none. Install one (for example 'apt-get install temurin-25-jdk'" \
      "or 'sdk install java 25-tem') or set JAVA_HOME to it." >&2
    echo "知音需要 JDK 25 或更新版本，但没有找到。请安装后重试，或将 JAVA_HOME 指向它。" >&2
    return 1
  fi
  JAVA_HOME=$zhiyin_best
  export JAVA_HOME
}

zhiyin_find_jdk || exit 1

# Without a locale (cron, containers, 'env -i') Java could not open a file with a Chinese name.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}" in
  C | POSIX) LC_ALL=C.UTF-8 && export LC_ALL ;;
esac
