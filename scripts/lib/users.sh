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

# Removes the user only if a script made it, with what it still runs.
remove_user() {
  [[ $(getent passwd "$1" | cut -d: -f5) == "$USER_MARK" ]] || return 0
  end_processes_of "$1"
  userdel "$1" 2>/dev/null || warn "user $1 could not be removed"
}

end_processes_of() {
  local pids
  pids=$(pgrep -u "$1" || true)
  # shellcheck disable=SC2086 # a list of numbers
  [[ -z $pids ]] || kill -TERM $pids 2>/dev/null || true
  if ! wait_until 10 no_process_of "$1"; then
    pids=$(pgrep -u "$1" || true)
    # shellcheck disable=SC2086
    [[ -z $pids ]] || kill -KILL $pids 2>/dev/null || true
    wait_until 5 no_process_of "$1" || true
  fi
}

no_process_of() { ! pgrep -u "$1" >/dev/null; }
