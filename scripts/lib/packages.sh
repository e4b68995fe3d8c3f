# shellcheck shell=bash
# Debian packages: only what is missing is installed.

APT_LISTS_READ=
# no: a service that comes with a package is not started on installation (a second nginx on port 80 would surprise).
START_SERVICES=no

apt_install() {
  local policy=/usr/sbin/policy-rc.d status=0
  if [[ -z $APT_LISTS_READ ]]; then
    # A source of this machine that cannot be reached must not stop us: what we need is in Debian's own.
    apt-get update -qq || warn "apt-get update had errors; trying to go on"
    APT_LISTS_READ=yes
  fi
  if [[ $START_SERVICES == no && ! -e $policy ]]; then
    printf '#!/bin/sh\n# made by the scripts of Slipway for one installation\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null || status=$?
  if grep -q 'made by the scripts of Slipway' "$policy" 2>/dev/null; then rm -f "$policy"; fi
  ((status == 0)) || die "apt-get could not install: $*"
}

# need COMMAND=PACKAGE...: installs the packages whose command is not there.
need() {
  local pair missing=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  if ((${#missing[@]} > 0)); then
    say "Installing ${missing[*]}"
    apt_install "${missing[@]}"
  fi
}
