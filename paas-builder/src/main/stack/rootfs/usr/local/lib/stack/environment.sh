# shellcheck shell=bash
# The environment of a build (one file for each variable) and of a process (scripts that buildpacks wrote).

# Names that change what the shell or the loader itself does; a build or a process is never given them by a file.
GUARDED='^(PATH|HOME|USER|LOGNAME|SHELL|IFS|PS4|ENV|BASH.*|SHELLOPTS|LD_.*|CPATH|LIBRARY_PATH|GIT_DIR|GIT_WORK_TREE|HEROKUISH_.*|STACK_LIB|[A-Z_]*(APP|ENV|BUILD|CACHE|IMPORT|WORK)_(PATH|DIR)|EUID|UID|PPID|SHLVL)$'

is_variable_name() { [[ $1 =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]]; }

# load_environment FOLDER [keep]: exports each file of the folder as a variable of its name; with "keep", a variable that is
# there already stays as it is.
load_environment() {
  local file name value
  for file in "$1"/*; do
    name=${file##*/}
    if [[ -f $file && -r $file ]] && is_variable_name "$name" && [[ ! $name =~ $GUARDED ]] &&
      [[ ${2:-} != keep || -z ${!name+is set} ]]; then
      value=$(cat "$file" && printf .)
      export "$name=${value%.}"
    fi
  done
}

# add_dotenv FILE FOLDER: writes the variables of a dotenv file that the folder has no file for.
add_dotenv() {
  local line name value
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line#export }
    name=${line%%=*}
    if [[ $line != *=* ]] || ! is_variable_name "$name" || [[ -e $2/$name ]]; then
      continue
    fi
    value=${line#*=}
    case $value in
      \"*\") value=${value:1:-1}; value=${value//\\n/$'\n'}; value=${value//\\\"/\"} ;;
      \'*\') value=${value:1:-1} ;;
    esac
    printf %s "$value" >"$2/$name"
  done <"$1"
}

# build_variable NAME: a variable of the build by its own environment or the folder; empty if neither has it.
build_variable() {
  if [[ -n ${!1:-} ]]; then
    printf %s "${!1}"
  elif [[ -r $WORK_PATH/env/$1 ]]; then
    cat "$WORK_PATH/env/$1"
  fi
}

# What a process gets: its own environment, the folder's variables that this does not have, then the scripts that buildpacks and the platform left with the app.
load_process_environment() {
  local script
  export HOME=$APP_PATH
  load_environment "$ENV_PATH" keep
  export PORT=${PORT:-5000}
  cd "$APP_PATH" || die "there is no app in $APP_PATH"
  # The scripts are others' work and do not expect a strict shell.
  set +euo pipefail
  shopt -s nullglob
  for script in /etc/profile.d/*.sh "$APP_PATH"/.profile.d/*.sh "$APP_PATH/.profile"; do
    if [[ -r $script ]]; then
      # shellcheck source=/dev/null
      . "$script"
    fi
  done
  shopt -u nullglob
}
