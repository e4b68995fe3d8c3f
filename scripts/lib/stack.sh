# shellcheck shell=bash
# The stack image, in which apps without a Dockerfile are built and run (recipe: paas-builder/src/main/stack).

STACK_IMAGE=slipway/stack:bookworm
STACK_RECIPE=$REPOSITORY/paas-builder/src/main/stack
HOST_CERTIFICATES=/usr/local/share/ca-certificates

machine_arch() { dpkg --print-architecture; }

# stack_hash ARCH: of everything that goes into the image, Debian's packages apart.
stack_hash() {
  {
    echo "$1" "${DEBIAN_MIRROR:-}" "${DEBIAN_SECURITY_MIRROR:-}"
    cd "$STACK_RECIPE" && find . -type f -printf '%m %p\n' | sort && find . -type f -print0 | sort -z | xargs -0 cat
    cat "$HOST_CERTIFICATES"/*.crt 2>/dev/null
  } | sha256sum | cut -c1-16
}

# ensure_stack_image [TAG [ARCH [FORCE]]]: makes the image unless one of this very recipe is there. FORCE (yes) makes it
# anyway, with the packages that Debian has now.
ensure_stack_image() {
  local tag=${1:-$STACK_IMAGE} arch=${2:-$(machine_arch)} force=${3:-no} hash
  hash=$(stack_hash "$arch")
  if [[ $force == no && $(docker image inspect -f '{{index .Config.Labels "dev.slipway.recipe"}}' "$tag" 2>/dev/null) == "$hash" ]]; then
    note "stack image $tag is up to date"
    return
  fi
  build_stack_image "$tag" "$arch" "$hash" "$force" || die "could not make the stack image $tag"
  note "made $tag ($(docker image inspect -f '{{.Size}}' "$tag" | numfmt --to=iec))"
}

build_stack_image() (
  tag=$1 arch=$2 hash=$3 force=$4
  base=$(stack_base "$arch") || exit 1
  words=(--build-arg "BASE_IMAGE=$base")
  if [[ -n ${DEBIAN_MIRROR:-} ]]; then words+=(--build-arg "MIRROR=$DEBIAN_MIRROR"); fi
  if [[ -n ${DEBIAN_SECURITY_MIRROR:-} ]]; then words+=(--build-arg "SECURITY_MIRROR=$DEBIAN_SECURITY_MIRROR"); fi
  # docker knows these by itself, and leaves them out of the image
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
    if [[ -n ${!name:-} ]]; then words+=(--build-arg "$name"); fi
  done
  if [[ $arch != "$(machine_arch)" ]]; then words+=(--pull --platform "linux/$arch"); fi
  if [[ $force == yes ]]; then words+=(--no-cache); fi
  folder=$(mktemp -d "${TMPDIR:-/tmp}/slipway-stack.XXXXXX") || exit 1
  trap 'rm -rf "$folder"' EXIT
  cp -r "$STACK_RECIPE/." "$folder" && mkdir "$folder/certificates" || exit 1
  find "$HOST_CERTIFICATES" -name '*.crt' -exec cp -L {} "$folder/certificates" \; 2>/dev/null
  note "building $tag for $arch from Debian's packages (some minutes; log: $IMAGE_CACHE/stack-image.log)"
  mkdir -p "$IMAGE_CACHE"
  docker build -t "$tag" --label "dev.slipway.recipe=$hash" "${words[@]}" "$folder" >"$IMAGE_CACHE/stack-image.log" 2>&1 ||
    { tail -n 30 "$IMAGE_CACHE/stack-image.log" >&2; exit 1; }
)

# stack_base ARCH: the image to begin with: Debian's own, where a registry answers; else the one that is made from packages.
stack_base() {
  if [[ $REGISTRY_ANSWERS == yes ]]; then
    echo debian:bookworm-slim
  elif [[ $1 == "$(machine_arch)" ]]; then
    ensure_base_image >&2
    echo "$BASE_IMAGE"
  else
    die "no registry answers, so an image for $1 has to be made on a machine of that kind"
  fi
}
