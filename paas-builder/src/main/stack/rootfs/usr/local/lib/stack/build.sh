# shellcheck shell=bash
# A build: a copy of the app is given to each of its buildpacks in turn, and takes the app's place when all have passed.

build_app() {
  prepare_build build
  run_buildpacks
  keep_release
  say_process_types
  put_in_place
}

detect_app() {
  # The app may be looked at by whoever owns it, so nothing is copied or given away.
  BUILD_PATH=$APP_PATH
  if [[ -n $(chosen_buildpacks) ]]; then
    chosen_buildpacks
  elif detect_buildpack; then
    basename "$BUILDPACK"
  else
    die "Unable to select a buildpack"
  fi
}

# As root, if started so: folders, the copy to work on and its owner. Then as the app's user: the variables.
prepare_build() {
  if must_change_user; then
    if [[ -d $IMPORT_PATH && -n $(ls -A "$IMPORT_PATH") ]]; then
      cp -a "$IMPORT_PATH/." "$APP_PATH"
    fi
    take_copy
    if [[ -d $ENV_PATH ]]; then cp -rL "$ENV_PATH/." "$WORK_PATH/env"; fi
    own "$BUILD_PATH" "$CACHE_PATH" "$WORK_PATH"
    # What is left of the app is in the copy: nothing in there can be in the way of its return.
    find "$APP_PATH" -mindepth 1 -maxdepth 1 -exec rm -rf {} +
    chown "$(app_user):" "$APP_PATH"
  fi
  as_app_user buildpack "$1"
  umask 022
  if [[ ! -d $WORK_PATH ]]; then take_copy; fi
  if [[ -r $BUILD_PATH/.env ]]; then add_dotenv "$BUILD_PATH/.env" "$WORK_PATH/env"; fi
  export HOME=$APP_PATH STACK=${STACK:-heroku-22} REQUEST_ID=${REQUEST_ID:-build-$$}
  CURL_CONNECT_TIMEOUT=$(build_variable CURL_CONNECT_TIMEOUT)
  CURL_TIMEOUT=$(build_variable CURL_TIMEOUT)
  export CURL_CONNECT_TIMEOUT=${CURL_CONNECT_TIMEOUT:-90} CURL_TIMEOUT=${CURL_TIMEOUT:-600}
  export_proxies
}

# Buildpacks are fetched before any of them could read its folder of variables.
export_proxies() {
  local name value
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
    value=$(build_variable "$name")
    if [[ -n $value ]]; then export "$name=$value"; fi
  done
}

take_copy() {
  rm -rf "$BUILD_PATH" "$WORK_PATH"
  mkdir -p "$APP_PATH" "$BUILD_PATH" "$CACHE_PATH" "$WORK_PATH/env"
  cp -a "$APP_PATH/." "$BUILD_PATH"
}

run_buildpacks() {
  local entry entries name number=0
  mapfile -t entries < <(chosen_buildpacks)
  if ((${#entries[@]} == 0)); then
    detect_buildpack || no_buildpack
    compile "$BUILDPACK"
    return
  fi
  for entry in "${entries[@]}"; do
    number=$((number + 1))
    name=$(own_name "$entry")
    if [[ -n $name ]]; then
      BUILDPACK=$BUILT_IN_PATH/$name
      [[ -d $BUILDPACK ]] || die "This image has no buildpack $name; it has: ${BUILT_IN[*]}"
    else
      step "Fetching custom buildpack $(short_name "$entry")"
      BUILDPACK=$WORK_PATH/buildpack-$number
      fetch_buildpack "$entry" "$BUILDPACK"
    fi
    # The app asks for it by name; a buildpack that would not have offered itself may still be of use to the others.
    LANGUAGE=$("$BUILDPACK/bin/detect" "$BUILD_PATH" 2>/dev/null) || not_detected "$entry" "${#entries[@]}"
    compile "$BUILDPACK"
  done
}

no_buildpack() {
  warn "Unable to select a buildpack"
  die "Known are: package.json, requirements.txt, pyproject.toml, pom.xml, composer.json, index.php, go.mod, cpanfile, index.html, Procfile. None is at the top of the app; if it lies in a folder, set build-dir"
}

# not_detected ENTRY COUNT: the only buildpack of an app has to know what it is.
not_detected() {
  if (($2 == 1)); then
    die "The buildpack $(short_name "$1") does not recognise this app (its bin/detect says no)"
  fi
  LANGUAGE=$(short_name "$1")
}

# compile BUILDPACK: its output, moved to the column of details, and its variables for the next one.
compile() {
  local status=0 script
  step "${LANGUAGE:-Custom} app detected"
  "$1/bin/compile" "$BUILD_PATH" "$CACHE_PATH" "$WORK_PATH/env" </dev/null 2>&1 | indent || status=${PIPESTATUS[0]}
  if ((status != 0)); then
    die "The buildpack for ${LANGUAGE:-this app} failed (exit code $status); its last lines above say why"
  fi
  for script in "$1/export" "$WORK_PATH/export"; do
    if [[ -r $script ]]; then
      set +eu
      # shellcheck source=/dev/null
      . "$script"
      set -eu
    fi
  done
}

# What bin/release of the last buildpack says: default commands, and variables that a process starts with.
keep_release() {
  local key value
  if [[ -x $BUILDPACK/bin/release ]]; then
    "$BUILDPACK/bin/release" "$BUILD_PATH" >"$BUILD_PATH/.release" || die "bin/release of the buildpack failed"
  else
    printf -- '---\n' >"$BUILD_PATH/.release"
  fi
  while read -r key value; do
    if is_variable_name "$key"; then
      mkdir -p "$BUILD_PATH/.profile.d"
      # shellcheck disable=SC2016 # to be expanded when the process starts
      printf 'export %s=${%s:-%q}\n' "$key" "$key" "$value" >>"$BUILD_PATH/.profile.d/00_config_vars.sh"
    fi
  done < <(section config_vars "$BUILD_PATH/.release")
}

say_process_types() {
  local declared='' default
  step "Discovering process types"
  if [[ -r $BUILD_PATH/Procfile ]]; then
    declared=$(each_process "$BUILD_PATH/Procfile" | type_names)
    detail "Procfile declares types -> $declared"
  fi
  default=$(each_default "$BUILD_PATH/.release" | type_names)
  if [[ -n $default ]]; then
    detail "Default types for ${LANGUAGE:-the buildpack} -> $default"
  fi
  if [[ -z $declared$default ]]; then
    warn "Nothing says how to start this app: add a Procfile with a line web: COMMAND"
  fi
}

type_names() { cut -d' ' -f1 | paste -sd, | sed 's/,/, /g'; }

# The app's folder itself stays: it may be a mount.
put_in_place() {
  find "$APP_PATH" -mindepth 1 -maxdepth 1 -exec rm -rf {} +
  find "$BUILD_PATH" -mindepth 1 -maxdepth 1 -exec mv -t "$APP_PATH" {} +
  rm -rf "$BUILD_PATH" "$WORK_PATH"
}

# The same with bin/test-compile instead of bin/compile, and bin/test after it, where the buildpack has them.
test_app() {
  prepare_build test
  if [[ -n $(chosen_buildpacks) ]]; then
    run_buildpacks
  else
    detect_buildpack || no_buildpack
    if [[ -x $BUILDPACK/bin/test-compile ]]; then
      step "${LANGUAGE:-Custom} app detected"
      "$BUILDPACK/bin/test-compile" "$BUILD_PATH" "$CACHE_PATH" "$WORK_PATH/env" </dev/null 2>&1 | indent
    else
      compile "$BUILDPACK"
    fi
  fi
  [[ -x $BUILDPACK/bin/test ]] || die "The buildpack for ${LANGUAGE:-this app} has no tests to run"
  load_environment "$WORK_PATH/env"
  step "Running tests"
  "$BUILDPACK/bin/test" "$BUILD_PATH" "$WORK_PATH/env" </dev/null 2>&1 | indent
}
