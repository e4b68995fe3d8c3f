#!/bin/bash
# A Docker engine for one test, beside the system's: private-dockerd.sh FOLDER BRIDGE
#
# Its commands (start, stop, kill) come one a line on stdin, each is answered by one line: "ok" or "failed".
# When stdin ends, for whatever reason, everything goes: the engine, its containers, bridges, control groups and FOLDER.
#
# Engine and containers live in a process namespace of their own, so that the kernel ends them all together, and in a
# mount namespace of their own, so that no mount is left. They share the network of the host, because tests reach
# containers by their addresses; therefore the engine must not touch iptables (a second engine would flush the
# chains of the first).
set -uo pipefail
folder=$1 bridge=$2 inside=${3:-}

run_inside() {
  local order
  while read -r order; do
    case $order in
      start) start ;;
      stop) end TERM ;;
      kill) end KILL ;;
      *) false ;;
    esac && echo ok || echo failed
  done
}

# No --default-address-pool: with it an engine that starts again deletes docker0, the bridge of the system's engine.
start() {
  # An engine that was killed left its pid file; in this namespace its number may belong to another process by now.
  rm -f "$folder/dockerd.pid" "$folder/docker.sock"
  setsid dockerd --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/dockerd.pid" \
    --host "unix://$folder/docker.sock" --bridge "$bridge" --iptables=false --ip6tables=false --ip-masq=false \
    --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$bridge" \
    </dev/null >>"$folder/dockerd.log" 2>&1 &
  engine=$!
  for _ in {1..600}; do
    docker --host "unix://$folder/docker.sock" version >/dev/null 2>&1 && return 0
    kill -0 "$engine" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

end() {
  kill "-$1" "$engine" 2>/dev/null || return 1
  wait "$engine" 2>/dev/null
  return 0
}

# A second octet of 10.0.0.0/8 that no route or address of this host uses.
choose_subnet() {
  local number
  for number in $(shuf -i 130-250 -n 100); do
    if ! ip -4 route show table all | grep -q "\b10\.$number\."; then
      echo "$number"
      return
    fi
  done
  return 1
}

make_bridge() {
  local number
  exec 7>/run/lock/slipway-private-dockerd.lock
  flock 7
  number=$(choose_subnet) || return 1
  ip link add name "$bridge" type bridge && ip address add "10.$number.0.1/24" dev "$bridge" &&
    ip link set "$bridge" up && echo "$number" >"$folder/subnet"
  exec 7>&-
}

clear_up() {
  local name
  # The engine names the bridge of a network after the network's id, and its database holds that id.
  for name in $(ip -o link show type bridge | grep -oE '\bbr-[0-9a-f]{12}\b' | sort -u); do
    if grep -aq "${name#br-}" "$folder/data/network/files/local-kv.db" 2>/dev/null; then
      ip link delete "$name"
    fi
  done
  ip link delete "$bridge" 2>/dev/null
  find /sys/fs/cgroup -depth -type d -path "*/$bridge*" -exec rmdir {} + 2>/dev/null
  rm -rf --one-file-system "$folder"
}

if [[ -n $inside ]]; then
  engine=
  run_inside # the first process of its namespace: when it returns, all others are killed
else
  trap '' INT TERM HUP # the end of stdin ends this script
  make_bridge || echo failed
  mkfifo "$folder/orders"
  unshare --mount --pid --fork --kill-child --mount-proc --propagation private \
    bash "$0" "$folder" "$bridge" inside <"$folder/orders" &
  cat >"$folder/orders" # until stdin ends; then nothing is waited for, not even a start that is under way
  kill -KILL $!
  wait $! 2>/dev/null
  clear_up
fi
