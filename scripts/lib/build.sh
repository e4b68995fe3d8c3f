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

# Two Mavens in one checkout would tread on each other's files: the second waits.
hold_build_lock() {
  exec 7>"/run/lock/slipway-build-$(cksum <<<"$REPOSITORY" | cut -d' ' -f1).lock"
  if ! flock -n 7; then
    note "waiting for another build of $REPOSITORY"
    flock 7
  fi
}

release_build_lock() { exec 7>&-; }

# Builds the distribution DIST: the launcher, the JVM's start script and the jars. The formatting is the tests' affair.
build_distribution() {
  local log
  hold_build_lock
  rm -rf "$DIST" # jars of former versions would stay on the class path
  log=$(mktemp)
  if ! mvn -q -B -ntp -Dstyle.color=never -f "$REPOSITORY/pom.xml" -pl paas-cli -am -DskipTests \
    -Dspotless.check.skip=true package </dev/null >"$log" 2>&1 7>&- 8>&- 9>&-; then
    cat "$log" >&2
    rm -f "$log"
    die "the build failed"
  fi
  rm -f "$log"
  release_build_lock
  [[ -x $DIST/bin/dokku && -x $DIST/bin/slipway-jvm ]] || die "the build made no distribution in $DIST"
}
