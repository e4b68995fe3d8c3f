# shellcheck shell=bash
# System users for a daemon under trial.

USER_MARK='made by the scripts of Slipway'

# ensure_user NAME HOME: an ordinary system user in group docker. It is removed at the end if a script made it.
ensure_user() {
  local name=$1 home=$2
  need useradd=passwd
  if ! getent passwd "$name" >/dev/null; then
    useradd --system --user-group --home-dir "$home" --no-create-home --shell /bin/bash --comment "$USER_MARK" "$name"
  fi
  # the group of the engine's socket, which need not be called docker
  usermod --append --groups "$(engine_group)" "$name"
  undo_later remove_user "$name"
}

engine_group() {
  local socket=/var/run/docker.sock
  if [[ ${DOCKER_HOST:-} == unix://* ]]; then socket=${DOCKER_HOST#unix://}; fi
  stat -Lc %G "$socket"
}

made_here() { [[ $(getent passwd "$1" | cut -d: -f5) == "$USER_MARK" ]]; }

# Removes the user only if a script made it, with what it still runs.
remove_user() {
  made_here "$1" || return 0
  end_processes_of "$1"
  userdel "$1" 2>/dev/null || warn "user $1 could not be removed"
}

# processes_of USER: not those of containers, whose users may have the same number.
processes_of() { pgrep --ns $$ --nslist pid -u "$1"; }

end_processes_of() {
  local signal pids
  for signal in TERM KILL; do
    pids=$(processes_of "$1" || true)
    [[ -n $pids ]] || return 0
    # shellcheck disable=SC2086 # a list of numbers
    kill "-$signal" $pids 2>/dev/null || true
    if wait_until 10 no_process_of "$1"; then return 0; fi
  done
  warn "processes of user $1 do not end"
}

no_process_of() { ! processes_of "$1"; }
