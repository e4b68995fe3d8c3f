# shellcheck shell=bash
# The base image of the sample app and of the tests (recipe: src-it/images/sample-base).

BASE_IMAGE=slipway/sample-base:bookworm
BASE_RECIPE=$REPOSITORY/src-it/images/sample-base
IMAGE_CACHE=${SLIPWAY_CACHE:-/var/cache/slipway}
REGISTRY_ANSWERS=no

# Sets REGISTRY_ANSWERS (yes, no): whether images can be pulled here. Pulls the recipe's own base for that.
ask_registry() {
  if timeout 20 docker pull -q debian:bookworm-slim >/dev/null 2>&1; then
    REGISTRY_ANSWERS=yes
  fi
}

recipe_hash() { cat "$BASE_RECIPE/packages" "$BASE_RECIPE/Dockerfile" | sha256sum | cut -c1-16; }

# Makes BASE_IMAGE unless an image of this very recipe is there.
ensure_base_image() {
  local hash
  hash=$(recipe_hash)
  if [[ $(docker image inspect -f '{{index .Config.Labels "dev.slipway.recipe"}}' "$BASE_IMAGE" 2>/dev/null) == "$hash" ]]; then
    note "base image $BASE_IMAGE is up to date"
    return
  fi
  if [[ $REGISTRY_ANSWERS == yes ]] &&
    docker build -q -t "$BASE_IMAGE" --label "dev.slipway.recipe=$hash" "$BASE_RECIPE" >/dev/null; then
    note "built $BASE_IMAGE on debian:bookworm-slim"
    return
  fi
  import_base_image "$hash" "$IMAGE_CACHE/sample-base-$hash.tar.gz"
}

import_base_image() {
  local hash=$1 tarball=$2
  if [[ -s $tarball ]]; then
    note "no image from a registry: using the cached $tarball"
  else
    note "no image from a registry: making $BASE_IMAGE from Debian packages ($(paste -sd' ' "$BASE_RECIPE/packages"))"
    need debootstrap=debootstrap gzip=gzip
    mkdir -p "$IMAGE_CACHE"
    rm -f "$IMAGE_CACHE"/sample-base-*
    bootstrap_tarball "$tarball" 8>&- 9>&- || die "could not make the base image from Debian packages"
    note "cached as $tarball"
  fi
  docker import \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change 'CMD ["bash"]' --change "LABEL dev.slipway.recipe=$hash" \
    "$tarball" "$BASE_IMAGE" >/dev/null
}

# A root file system by debootstrap, cut down and packed. Runs in a subshell that removes the folder however it ends.
bootstrap_tarball() (
  part=$1.part.$BASHPID
  folder=$(mktemp -d "${TMPDIR:-/tmp}/slipway-base.XXXXXX")
  trap 'remove_bootstrap "$folder"; rm -f "$part"' EXIT
  trap 'exit 130' INT TERM HUP
  debootstrap --variant=minbase --include="$(paste -sd, "$BASE_RECIPE/packages")" \
    bookworm "$folder/root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$folder/log" 2>&1 ||
    { tail -n 20 "$folder/log" >&2; exit 1; }
  cd "$folder/root" || exit 1
  rm -rf var/cache/apt/* var/lib/apt/lists/* var/log/* usr/share/doc/* usr/share/man/* usr/share/locale/* \
    usr/share/info/* var/cache/debconf/*-old
  rm -f etc/resolv.conf etc/hostname
  tar --numeric-owner --one-file-system -c . | gzip -1 >"$part"
  mv "$part" "$1"
)

remove_bootstrap() {
  local mounted
  # debootstrap mounts /proc inside the new root; a break-off may leave it there
  while read -r mounted; do
    umount "$mounted"
  done < <(awk -v d="$1/" 'index($2, d) == 1 {print $2}' /proc/mounts | sort -r)
  rm -rf --one-file-system "$1"
}
