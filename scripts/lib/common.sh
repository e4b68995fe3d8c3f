# shellcheck shell=bash
# What every script uses: plain words to the person, and a list of things to undo at the end.

say() { printf '=====> %s\n' "$*"; }
note() { printf '       %s\n' "$*"; }
warn() { printf ' !     %s\n' "$*" >&2; }
die() {
  warn "$@"
  exit 1
}

need_root() {
  ((EUID == 0)) || die "this script installs packages and makes users: run it as root, for example: sudo $0"
  [[ -d /run/lock ]] || install -d -m 1777 /run/lock # a bare container has none
}

# Things to undo, run in reverse order by on_exit: undo_later 'command with arguments quoted by printf %q'.
UNDO=()
undo_later() {
  local text
  printf -v text '%q ' "$@"
  UNDO+=("$text")
}

on_exit() {
  local status=$? i
  trap - EXIT
  trap '' INT TERM HUP PIPE # a second Ctrl-C must not stop the clearing up half way
  for ((i = ${#UNDO[@]} - 1; i >= 0; i--)); do
    eval "${UNDO[i]}" || warn "could not undo: ${UNDO[i]}"
  done
  exit "$status"
}

# Runs on_exit however the script ends.
clear_up_at_end() {
  trap on_exit EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  trap 'exit 141' PIPE
}

# wait_until SECONDS COMMAND...: polls until the command succeeds; fails when the time is over.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# free_port: a TCP port of the loopback interface that nothing listens on and that Linux does not hand out to clients.
free_port() {
  local port
  for _ in {1..200}; do
    port=$((20000 + RANDOM % 10000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  die "no free TCP port between 20000 and 29999"
}

# start_time PID: when the process started (clock ticks since boot); with the pid it names one process for good.
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  # shellcheck disable=SC2086 # split into fields on purpose
  set -- $stat
  echo "${20}"
}

# remember_process FILE PID: writes "PID STARTTIME", so that a later run can end this process and no other.
remember_process() { echo "$2 $(start_time "$2")" >"$1"; }

# end_process FILE [GRACE]: ends the process that FILE names, if it still is the same one; TERM first, KILL after GRACE s.
end_process() {
  local file=$1 grace=${2:-15} pid started
  [[ -s $file ]] || return 0
  read -r pid started <"$file"
  if [[ -n $started && $(start_time "$pid") == "$started" ]]; then
    kill -TERM "$pid" 2>/dev/null || true
    if ! wait_until "$grace" process_gone "$pid" "$started"; then
      kill -KILL "$pid" 2>/dev/null || true
      wait_until 5 process_gone "$pid" "$started" || warn "process $pid does not end"
    fi
  fi
  rm -f "$file"
}

process_gone() {
  local state
  [[ $(start_time "$1") == "$2" ]] || return 0
  state=$(awk '/^State:/ {print $2}' "/proc/$1/status" 2>/dev/null) || return 0
  [[ $state == Z || -z $state ]]
}

# only_one NAME: holds a lock for the life of this script, so that two runs never trip over each other.
only_one() {
  exec 9>"/run/lock/slipway-$1.lock"
  # a moment's patience: a child of a run that was killed may be at its end
  flock -w 10 9 || die "another $1 is running (lock /run/lock/slipway-$1.lock)"
}
