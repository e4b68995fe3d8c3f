#!/usr/bin/env bash
# Runs plugins of PLUGIN_PATH. Written anew at each start of the daemon.
set -o pipefail

LAUNCHER=@LAUNCHER@
SOCKET=@SOCKET@
VERSION=0.17.1

usage() {
  printf '%s\n' "Available commands:" \
    "  disable NAME" "  enable NAME" "  init" "  list" "  trigger HOOK [ARG...]" "  version"
}

not_here() {
  echo " !     plugn $1 is part of plugin management, which this daemon does not have yet" >&2
  exit 1
}

need_name() {
  if [[ -z "$1" || "$1" == */* || "$1" == .* ]]; then
    echo " !     Invalid plugin name" >&2
    exit 1
  fi
}

init() {
  mkdir -p "$PLUGIN_PATH/enabled" "$PLUGIN_PATH/available" || exit 1
  [[ -e "$PLUGIN_PATH/config.toml" ]] || : >"$PLUGIN_PATH/config.toml"
  echo "Initialized empty Plugn plugin path in $PLUGIN_PATH"
}

# the value of a text key in the table [plugin] of a plugin.toml
value() {
  awk -v key="$2" '
    /^[ \t]*\[/ { inside = ($0 ~ /^[ \t]*\[plugin\]/) }
    inside && match($0, "^[ \t]*" key "[ \t]*=[ \t]*") {
      text = substr($0, RLENGTH + 1)
      mark = substr(text, 1, 1)
      text = substr(text, 2)
      end = index(text, mark)
      if (end > 0) print substr(text, 1, end - 1)
      exit
    }' "$1" 2>/dev/null
}

list() {
  local folder name state
  local LC_ALL=C
  for folder in "$PLUGIN_PATH"/available/*; do
    [[ -d "$folder" ]] || continue
    name=${folder##*/}
    state=disabled
    [[ -e "$PLUGIN_PATH/enabled/$name" ]] && state=enabled
    printf '  %-20s %-5s %-10s %s\n' "$name" "$(value "$folder/plugin.toml" version)" "$state" \
      "$(value "$folder/plugin.toml" description)"
  done
}

trigger() {
  if [[ $# -eq 0 ]]; then
    echo " !     Please specify a trigger" >&2
    exit 1
  fi
  SLIPWAY_SOCKET="${SLIPWAY_SOCKET:-$SOCKET}" exec "$LAUNCHER" plugn-trigger "$@"
}

main() {
  local command=${1:-help}
  [[ $# -gt 0 ]] && shift
  case "$command" in
    version | --version | -v)
      echo "plugn: $VERSION"
      return
      ;;
    help | --help | -h)
      usage
      return
      ;;
  esac
  if [[ -z "$PLUGIN_PATH" ]]; then
    echo "!! PLUGIN_PATH is not set in environment"
    exit 2
  fi
  case "$command" in
    init) init ;;
    list) list ;;
    trigger) trigger "$@" ;;
    enable)
      need_name "$1"
      ln -fsn "$PLUGIN_PATH/available/$1" "$PLUGIN_PATH/enabled/$1"
      ;;
    disable)
      need_name "$1"
      rm "$PLUGIN_PATH/enabled/$1"
      ;;
    install | uninstall | update | config) not_here "$command" ;;
    *)
      echo "No such command: $command"
      usage
      exit 2
      ;;
  esac
}

main "$@"
