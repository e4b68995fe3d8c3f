# shellcheck shell=bash disable=SC2034 # names for those who source this
# Folders, and how builds talk. Every folder can be chosen by the environment.

CONTRACT=0.11
# The copy of the app that buildpacks work on is apart from where the app runs: buildpacks are written for that.
APP_PATH=${APP_PATH:-/app}
ENV_PATH=${ENV_PATH:-/tmp/env}
BUILD_PATH=${BUILD_PATH:-/tmp/build}
CACHE_PATH=${CACHE_PATH:-/tmp/cache}
IMPORT_PATH=${IMPORT_PATH:-/tmp/app}
BUILDPACK_PATH=${BUILDPACK_PATH:-/tmp/buildpacks}
# Those that come with the image, in the order in which they are asked.
BUILT_IN_PATH=${BUILT_IN_PATH:-/opt/buildpacks}
BUILT_IN=(nodejs python java php go perl static procfile)
# Files of a build that buildpacks must not find among the app's.
WORK_PATH=${WORK_PATH:-/tmp/stack-work}

print_paths() {
  local name
  for name in APP_PATH ENV_PATH BUILD_PATH CACHE_PATH IMPORT_PATH BUILDPACK_PATH; do
    printf '%-16s# %s\n' "$name=${!name}" "$(path_purpose "$name")"
  done
}

path_purpose() {
  case $1 in
    APP_PATH) echo "where the app lives and runs" ;;
    ENV_PATH) echo "one file for each variable of the build" ;;
    BUILD_PATH) echo "the copy that buildpacks work on" ;;
    CACHE_PATH) echo "what buildpacks keep from build to build" ;;
    IMPORT_PATH) echo "an app to take in before the build, if there is one" ;;
    BUILDPACK_PATH) echo "buildpacks that were installed or fetched" ;;
  esac
}

step() { printf -- '-----> %s\n' "$*"; }
detail() { printf '       %s\n' "$*"; }
warn() { printf ' !     %s\n' "$*" >&2; }
die() {
  warn "$@"
  exit 1
}

# Moves what tools print to the column of details; headings, details and warnings are there already.
indent() { sed -uE '/^(-----> |=====> | !|       )/!s/^/       /'; }
