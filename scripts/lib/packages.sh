# shellcheck shell=bash
# Debian packages: only what is missing is installed.

APT_LISTS_READ=

apt_install() {
  if [[ -z $APT_LISTS_READ ]]; then
    # A source of this machine that cannot be reached must not stop us: what we need is in Debian's own.
    apt-get update -qq || warn "apt-get update had errors; trying to go on"
    APT_LISTS_READ=yes
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null ||
    die "apt-get could not install: $*"
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
