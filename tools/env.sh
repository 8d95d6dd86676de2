# What the scripts of this checkout need: a JDK 25 and Maven. Sourced; POSIX sh.

say() { printf '%s\n' "$*" >&2; }

jdk_ok() { [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | grep -Eq '^javac (2[5-9]|[3-9][0-9])'; }

jdk_on_path() {
  javac=$(command -v javac 2>/dev/null) || { echo /nonexistent; return; }
  dirname -- "$(dirname -- "$(readlink -f -- "$javac" 2>/dev/null || echo "$javac")")"
}

find_jdk() {
  if ! jdk_ok "${JAVA_HOME:-/nonexistent}"; then
    for d in "${JAVA25_HOME:-/nonexistent}" "$(jdk_on_path)" \
      /usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
      /Library/Java/JavaVirtualMachines/*25*/Contents/Home \
      /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
      if jdk_ok "$d"; then
        JAVA_HOME=$d
        break
      fi
    done
  fi
  if ! jdk_ok "${JAVA_HOME:-/nonexistent}"; then
    say "Tokenwarden needs a JDK 25 or newer, and none was found."
    say "Install one (for example Eclipse Temurin 25), or set JAVA_HOME to where it is."
    exit 1
  fi
  export JAVA_HOME
}

need_maven() {
  if ! command -v mvn >/dev/null 2>&1; then
    say "Tokenwarden is built with Maven 3.8.7 or newer, and there is no mvn on the PATH."
    say "Install it (Debian and Ubuntu: apt install maven; macOS: brew install maven)."
    exit 1
  fi
  # A build is over before the optimizing compiler pays for itself: this takes a third less CPU time.
  MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
  export MAVEN_OPTS
}
