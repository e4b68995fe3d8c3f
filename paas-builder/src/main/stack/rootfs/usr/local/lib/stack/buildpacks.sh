# shellcheck shell=bash disable=SC2034 # BUILDPACK and LANGUAGE are for build.sh
# Which buildpacks build an app: those it names, else the first of the image's own that says so.

# chosen_buildpacks: one line for each buildpack the app names: BUILDPACK_URL, else the lines of .buildpacks.
chosen_buildpacks() {
  local url
  url=$(build_variable BUILDPACK_URL)
  if [[ -n $url ]]; then
    printf '%s\n' "$url"
  elif [[ -r $BUILD_PATH/.buildpacks ]]; then
    sed -E 's/\r$//; s/^[[:space:]]+//; s/[[:space:]]+$//; /^(#|$)/d' "$BUILD_PATH/.buildpacks"
  fi
}

# own_name ENTRY: NAME, if the entry means one of this image: slipway/NAME, or what a platform makes of that.
own_name() {
  if [[ $1 =~ ^(https://github\.com/)?slipway/(heroku-buildpack-)?([a-z]+)(\.git)?$ ]]; then
    echo "${BASH_REMATCH[3]}"
  fi
}

# short_name URL: its last two parts, without .git and the committish.
short_name() {
  local url=${1%%#*}
  url=${url%/}
  url=${url%.git}
  url=${url//://}
  [[ $url =~ ([^/]+/[^/]+)$ ]] && echo "${BASH_REMATCH[1]}" || echo "$url"
}

# fetch_buildpack URL[#COMMITTISH] FOLDER
fetch_buildpack() {
  local url=${1%%#*} ref='' folder=$2
  if [[ $1 == *'#'* ]]; then ref=${1#*#}; fi
  [[ $url =~ ^((https?|git|ssh)://|[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:)[^[:space:]]+$ ]] ||
    die "Not the address of a buildpack: $url (https, http, git and ssh can be fetched)"
  [[ $ref != -* ]] || die "Not a branch, tag or commit: $ref"
  if [[ $url =~ \.(tgz|tar\.gz)$ ]]; then
    fetch_archive "$url" "$folder"
  else
    fetch_repository "$url" "$ref" "$folder"
  fi
  find "$folder/bin" -maxdepth 1 -type f -exec chmod +x {} + 2>/dev/null || true
  [[ -x $folder/bin/compile ]] || die "$url is no buildpack: it has no bin/compile"
}

fetch_repository() {
  local url=$1 ref=$2 folder=$3 words=()
  # A repository must not make git read files of this container or run programs.
  export GIT_ALLOW_PROTOCOL=https:http:git:ssh GIT_TERMINAL_PROMPT=0
  if [[ -n $ref ]]; then words=(--branch "$ref"); fi
  # Only the newest revision, where the server can give just that.
  if ! git clone -q --depth 1 "${words[@]}" -- "$url" "$folder" 2>/dev/null; then
    rm -rf "$folder"
    git clone -q --no-checkout -- "$url" "$folder" || die "Could not fetch the buildpack $url"
    git -C "$folder" checkout -q --detach "${ref:-HEAD}" -- || die "The buildpack $url has no branch, tag or commit $ref"
  fi
  if [[ -e $folder/.gitmodules ]]; then
    git -C "$folder" submodule -q update --init --recursive || die "Could not fetch the submodules of the buildpack $url"
  fi
}

fetch_archive() {
  mkdir -p "$2"
  curl -fsSL --connect-timeout "${CURL_CONNECT_TIMEOUT:-90}" --max-time "${CURL_TIMEOUT:-600}" \
    --proto =https,http -- "$1" | tar -xz --no-same-owner -C "$2" || die "Could not fetch the buildpack $1"
}

# Buildpacks that were installed come first, then the image's own.
candidates() {
  local folder name
  for folder in "$BUILDPACK_PATH"/*/; do
    if [[ -x ${folder}bin/detect ]]; then echo "${folder%/}"; fi
  done
  for name in "${BUILT_IN[@]}"; do
    echo "$BUILT_IN_PATH/$name"
  done
}

# detect_buildpack: sets BUILDPACK and LANGUAGE to the first that takes the app; 1 if none does.
detect_buildpack() {
  local candidate
  while read -r candidate; do
    if LANGUAGE=$("$candidate/bin/detect" "$BUILD_PATH" 2>/dev/null); then
      BUILDPACK=$candidate
      return 0
    fi
  done < <(candidates)
  return 1
}

list_buildpacks() {
  local candidate
  while read -r candidate; do
    basename "$candidate"
  done < <(candidates)
}

# install_buildpack URL [COMMITTISH [NAME]]
install_buildpack() {
  local url=${1:?which address?} ref=${2:-} name=${3:-}
  if [[ -z $name ]]; then name=$(basename "$(short_name "$url")"); fi
  [[ $name =~ ^[A-Za-z0-9_.-]+$ && $name != .* ]] || die "not a name of a buildpack: $name"
  mkdir -p "$BUILDPACK_PATH"
  rm -rf "${BUILDPACK_PATH:?}/$name"
  fetch_buildpack "$url${ref:+#$ref}" "$BUILDPACK_PATH/$name"
}
