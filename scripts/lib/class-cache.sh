# shellcheck shell=bash
# The JVM's cache of loaded classes (JEP 483, 514). It names the jars with their paths and times, so it is made where they
# are installed and again whenever they change.

# make_class_cache HOME USER: makes HOME/slipway.aot from a daemon of USER that starts aside, answers a few commands and
# ends. Without the cache everything works too, so a failure is only told.
make_class_cache() {
  local log
  log=$(mktemp)
  rm -f "$1/slipway.aot"
  if (train_on_daemon "$@") >"$log" 2>&1 8>&- 9>&-; then
    note "class cache: $(($(stat -c %s "$1/slipway.aot") / 1048576)) MB"
  else
    tail -n 20 "$log" >&2
    warn "no class cache could be made; the daemon starts slower without it"
  fi
  rm -f "$log"
}

# Runs in a subshell of its own, with an installation of its own.
train_on_daemon() {
  local home=$1 words
  trap 'exit 130' INT TERM HUP
  STATE=$(mktemp -d /tmp/slipway-class-cache.XXXXXX)
  trap 'end_process "$STATE/pids/daemon" 10; rm -rf --one-file-system "$STATE"' EXIT
  # shellcheck disable=SC2034 # trial.sh reads it
  TRIAL_USER=$2 OWNER=root
  ln -s "$home" "$STATE/dist"
  prepare_daemon
  DAEMON_ENVIRONMENT+=("SLIPWAY_AOT_OUTPUT=$STATE/log/slipway.aot")
  start_daemon
  make_key
  for words in help version apps:list plugin:list nosuchcommand; do
    dokku "$words" || true
    remote "$words" || true
  done
  end_process "$STATE/pids/daemon" 180 # it writes the cache now
  # read by its owner and written by root: a link put in its place leads nowhere
  as "$TRIAL_USER" cat "$STATE/log/slipway.aot" >"$home/slipway.aot.new" || return 1
  chmod 644 "$home/slipway.aot.new"
  mv -f "$home/slipway.aot.new" "$home/slipway.aot"
}
