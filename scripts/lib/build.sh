# shellcheck shell=bash
# Building with Maven on JDK 25.

DIST=$REPOSITORY/paas-cli/target/dist

# The JVM takes the encoding of file names, arguments and environment from here; a bare machine has none set.
export LC_ALL=C.UTF-8

ensure_build_tools() {
  need mvn=maven gcc=gcc make=make git=git ssh=openssh-client curl=curl ps=procps sudo=sudo
  if ! echo '#include <stdio.h>' | gcc -fsyntax-only -xc - 2>/dev/null; then
    say "Installing libc6-dev"
    apt_install libc6-dev
  fi
  ensure_jdk
}

# Builds the distribution DIST: the launcher, the JVM's start script and the jars. The formatting is the tests' affair.
build_distribution() {
  local log
  log=$(mktemp)
  if ! mvn -q -B -ntp -Dstyle.color=never -f "$REPOSITORY/pom.xml" -pl paas-cli -am -DskipTests \
    -Dspotless.check.skip=true package </dev/null >"$log" 2>&1 8>&- 9>&-; then
    cat "$log" >&2
    rm -f "$log"
    die "the build failed"
  fi
  rm -f "$log"
  [[ -x $DIST/bin/dokku && -x $DIST/bin/slipway-jvm ]] || die "the build made no distribution in $DIST"
}
