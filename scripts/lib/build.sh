# shellcheck shell=bash
# Building with Maven on JDK 25.

DIST=$REPOSITORY/paas-cli/target/dist

ensure_build_tools() {
  need mvn=maven gcc=gcc make=make git=git ssh=openssh-client curl=curl ps=procps sudo=sudo
  if ! echo '#include <stdio.h>' | gcc -fsyntax-only -xc - 2>/dev/null; then
    say "Installing libc6-dev"
    apt_install libc6-dev
  fi
  ensure_jdk
}

# maven ARGUMENTS...: in the repository, on JDK 25 so that the check of the formatting runs too.
maven() { (cd "$REPOSITORY" && exec mvn -B -ntp "$@" 8>&- 9>&-); }

# Builds the distribution DIST: the launcher, the JVM's start script and the jars.
build_distribution() {
  local log
  log=$(mktemp)
  if ! maven -q -DskipTests package >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    die "the build failed"
  fi
  rm -f "$log"
  [[ -x $DIST/bin/dokku && -x $DIST/bin/slipway-jvm ]] || die "the build made no distribution in $DIST"
}
