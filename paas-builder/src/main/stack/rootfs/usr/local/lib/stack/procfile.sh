# shellcheck shell=bash
# Process types: the Procfile of the app, else those that its buildpack gave in .release.

readonly PROCFILE_LINE='^([A-Za-z0-9_-]+)[[:space:]]*:[[:space:]]*(.*[^[:space:]])[[:space:]]*$'

# each_process FILE: one line "TYPE COMMAND" for each process type of a Procfile.
each_process() {
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line%$'\r'}
    line=${line#"${line%%[![:space:]]*}"}
    if [[ $line != '#'* && $line != '//'* && $line =~ $PROCFILE_LINE ]]; then
      printf '%s %s\n' "${BASH_REMATCH[1]}" "$(without_comment "${BASH_REMATCH[2]}")"
    fi
  done <"$1"
}

# A comment at the end of a line starts with white space and a number sign (or two slashes, if there is none).
without_comment() {
  local text=$1 mark
  for mark in '#' '//'; do
    if [[ $text =~ ^(.*[^[:space:]])[[:space:]]+"$mark". ]]; then
      text=${BASH_REMATCH[1]}
      break
    fi
  done
  printf %s "$text"
}

# each_default FILE: the same of default_process_types in what a buildpack's bin/release printed.
each_default() {
  [[ -r $1 ]] || return 0
  section default_process_types "$1"
}

# section NAME FILE: one line "KEY VALUE" for each pair below NAME in a YAML file of two levels.
section() {
  local line key value inside=no
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ ^\"?([A-Za-z0-9_-]+)\"?: ]]; then
      if [[ ${BASH_REMATCH[1]} == "$1" ]]; then inside=yes; else inside=no; fi
    elif [[ $inside == yes && $line =~ ^[[:space:]]+[\"\']?([A-Za-z0-9_-]+)[\"\']?:[[:space:]]*(.*[^[:space:]]) ]]; then
      key=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
      case $value in
        \"*\") value=${value:1:-1}; value=${value//\\\"/\"}; value=${value//\\\\/\\} ;;
        \'*\') value=${value:1:-1}; value=${value//\'\'/\'} ;;
      esac
      printf '%s %s\n' "$key" "$value"
    fi
  done <"$2"
}

# command_of TYPE: the command, or nothing and 1.
command_of() {
  local type command
  if [[ -r $APP_PATH/Procfile ]]; then
    while read -r type command; do
      if [[ $type == "$1" ]]; then
        printf '%s\n' "$command"
        return
      fi
    done < <(each_process "$APP_PATH/Procfile")
  fi
  while read -r type command; do
    if [[ $type == "$1" ]]; then
      printf '%s\n' "$command"
      return
    fi
  done < <(each_default "$APP_PATH/.release")
  return 1
}

start_process() {
  local command
  command=$(command_of "$1") || die "Proc entrypoint $1 does not exist. Please check your Procfile"
  # PS is the name that a Procfile may use for its own type.
  PS=$1 run_command bash -c "$command"
}

# run_command COMMAND...: becomes the command, as the app's user and with the app's environment.
run_command() {
  (($# > 0)) || die "which command?"
  if must_change_user && [[ ${HEROKUISH_DISABLE_CHOWN:-} != true ]]; then
    own "$APP_PATH"
  fi
  as_app_user procfile exec "$@"
  load_process_environment
  exec "$@"
}
