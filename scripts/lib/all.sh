# shellcheck shell=bash
# Sourced by each script: sets REPOSITORY and brings in the rest of this folder.

REPOSITORY=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# shellcheck source=scripts/lib/common.sh
. "$REPOSITORY/scripts/lib/common.sh"
# shellcheck source=scripts/lib/packages.sh
. "$REPOSITORY/scripts/lib/packages.sh"
# shellcheck source=scripts/lib/jdk.sh
. "$REPOSITORY/scripts/lib/jdk.sh"
# shellcheck source=scripts/lib/engine.sh
. "$REPOSITORY/scripts/lib/engine.sh"
# shellcheck source=scripts/lib/image.sh
. "$REPOSITORY/scripts/lib/image.sh"
# shellcheck source=scripts/lib/stack.sh
. "$REPOSITORY/scripts/lib/stack.sh"
# shellcheck source=scripts/lib/build.sh
. "$REPOSITORY/scripts/lib/build.sh"
# shellcheck source=scripts/lib/users.sh
. "$REPOSITORY/scripts/lib/users.sh"
# shellcheck source=scripts/lib/trial.sh
. "$REPOSITORY/scripts/lib/trial.sh"
# shellcheck source=scripts/lib/class-cache.sh
. "$REPOSITORY/scripts/lib/class-cache.sh"

# An administrator's path may lack these, and Debian's sudo and su differ in it.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
