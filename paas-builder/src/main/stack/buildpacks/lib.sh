# shellcheck shell=bash
# What the buildpacks of this image share. To be sourced first: sets BUILD, CACHE and ENV from the arguments of bin/compile.

# shellcheck source=paas-builder/src/main/stack/rootfs/usr/local/lib/stack/base.sh
. "${STACK_LIB:-/usr/local/lib/stack}/base.sh"
# shellcheck source=paas-builder/src/main/stack/rootfs/usr/local/lib/stack/environment.sh
. "${STACK_LIB:-/usr/local/lib/stack}/environment.sh"

# begin NAME BUILD CACHE ENV: what bin/compile starts with. CACHE becomes the folder of this buildpack in the cache.
begin() {
  BUILD=$2
  CACHE=$3/stack-$1
  if [[ -n ${4:-} && -d $4 ]]; then load_environment "$4"; fi
  mkdir -p "$CACHE" "$BUILD/.profile.d"
  cd "$BUILD" || die "no folder $BUILD"
  # Tools write into the home folder; in a build that is the cache, so that nothing of it gets into the app.
  export HOME=$CACHE/home
  mkdir -p "$HOME"
}

# attempt ADVICE COMMAND...: the command, and if it fails, one line that says what to do.
attempt() {
  local advice=$1 status=0
  shift
  "$@" || status=$?
  if ((status != 0)); then
    warn "$advice"
    exit "$status"
  fi
}

# fingerprint FILE...: of those of the files that exist.
fingerprint() {
  local file
  for file in "$@"; do
    if [[ -f $file ]]; then
      printf '%s\n' "$file"
      cat "$file"
    fi
  done | sha256sum | cut -c1-32
}

# cached NAME KEY: whether the folder NAME of the cache was kept with this key.
cached() { [[ -d $CACHE/$1 && -r $CACHE/$1.key && $(<"$CACHE/$1.key") == "$2" ]]; }

# keep NAME KEY FOLDER: puts a copy of a folder into the cache. The key comes last, so that a broken-off copy never counts.
keep() {
  rm -rf "$CACHE/$1.key" "${CACHE:?}/$1"
  cp -a "$3" "$CACHE/$1"
  printf %s "$2" >"$CACHE/$1.key"
}

# at_start NAME LINE...: a script of the app's .profile.d.
at_start() {
  local name=$1
  shift
  printf '%s\n' "$@" >"$BUILD/.profile.d/$name.sh"
}

# for_next_buildpacks NAME=VALUE...: for the buildpacks after this one. The image's own folders cannot be written in a build.
for_next_buildpacks() { printf 'export %q\n' "$@" >>"${WORK_PATH:?}/export"; }
