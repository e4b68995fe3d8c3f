# shellcheck shell=bash
# The Docker engine: the one that answers, else one that we start and end again.

ENGINE_STATE=/run/slipway-scripts
ENGINE_LOCK=/run/lock/slipway-engine.lock

ensure_engine() {
  need dockerd=docker.io iptables=iptables ip=iproute2
  # newer Debians have the client in a package of its own
  need docker=docker-cli
  if [[ -n ${DOCKER_HOST:-} ]]; then
    docker version >/dev/null 2>&1 || die "no engine answers at DOCKER_HOST=$DOCKER_HOST"
    return
  fi
  # All scripts that use the engine hold this lock, so that the last one knows that it may end what one of them started.
  exec 8>"$ENGINE_LOCK"
  flock -s -w 120 8 || die "another script is ending the Docker engine and does not come to an end"
  undo_later end_engine
  if docker version >/dev/null 2>&1; then
    note "Docker engine $(docker version -f '{{.Server.Version}}') answers"
    return
  fi
  start_engine
}

start_engine() {
  if [[ -d /run/systemd/system ]]; then
    say "Starting Docker by systemd (it stays on)"
    systemctl start docker
  else
    say "Starting a Docker engine (log: $ENGINE_STATE/dockerd.log)"
    mkdir -p "$ENGINE_STATE"
    setsid dockerd </dev/null >"$ENGINE_STATE/dockerd.log" 2>&1 8>&- 9>&- &
    remember_process "$ENGINE_STATE/dockerd.pid" $!
  fi
  if ! wait_until 60 docker version; then
    tail -n 15 "$ENGINE_STATE/dockerd.log" >&2 2>/dev/null || true
    die "the Docker engine does not answer"
  fi
}

# Ends the engine if a script of ours started it, this run or one that was killed, and no other script uses it.
end_engine() {
  if flock -n -x 8; then
    if [[ -s $ENGINE_STATE/dockerd.pid ]]; then
      note "ending the Docker engine that was started here"
      end_process "$ENGINE_STATE/dockerd.pid" 30
    fi
  fi
  exec 8>&-
}

# remove_installation LIB: removes the containers, networks, volumes and images that carry the id of the installation with
# this library root. What goes by itself meanwhile is no error.
remove_installation() {
  local id label
  [[ -s $1/data/slipway/id ]] || return 0
  id=$(<"$1/data/slipway/id")
  [[ -n $id ]] || return 0
  label=label=dev.slipway.installation=$id
  docker ps -aq --filter "$label" | xargs -r docker rm -f -v >/dev/null || true
  docker network ls -q --filter "$label" | xargs -r docker network rm >/dev/null || true
  docker volume ls -q --filter "$label" | xargs -r docker volume rm >/dev/null || true
  docker images -q --filter "$label" | sort -u | xargs -r docker rmi -f >/dev/null 2>&1 || true
}
