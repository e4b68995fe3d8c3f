# shellcheck shell=bash
# The JDK: any of version 25 or newer that is here, else the vendor's package.

# Sets and exports JAVA_HOME.
ensure_jdk() {
  if ! find_jdk; then
    fetch_jdk
    find_jdk || jdk_instructions
  fi
  export JAVA_HOME
  note "JDK: $JAVA_HOME"
}

find_jdk() {
  local home javac
  javac=$(command -v javac || true)
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "${javac:+$(readlink -f "$javac" | sed 's|/bin/javac$||')}"; do
    if [[ -x $home/bin/javac ]] && (($(jdk_version "$home") >= 25)); then
      JAVA_HOME=$home
      return
    fi
  done
  return 1
}

# jdk_version HOME: the first number of the version, 0 if it is not known.
jdk_version() {
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null) || true
  echo "${version:-0}"
}

# Eclipse Temurin from Adoptium's Debian repository. Where the vendor's host cannot be reached this fails within seconds
# and changes nothing; this path could not be tried where it was written, for that very reason.
fetch_jdk() {
  local list=/etc/apt/sources.list.d/adoptium.list key=/etc/apt/keyrings/adoptium.asc codename
  say "No JDK 25 here: trying Eclipse Temurin from packages.adoptium.net"
  need curl=curl update-ca-certificates=ca-certificates
  codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
  mkdir -p /etc/apt/keyrings
  if ! curl -fsS --connect-timeout 10 --max-time 60 -o "$key.part" \
    https://packages.adoptium.net/artifactory/api/gpg/key/public; then
    rm -f "$key.part"
    warn "packages.adoptium.net cannot be reached"
    return 0
  fi
  mv "$key.part" "$key"
  echo "deb [signed-by=$key] https://packages.adoptium.net/artifactory/deb $codename main" >"$list"
  if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq temurin-25-jdk >/dev/null; }; then
    rm -f "$list" "$key"
    warn "temurin-25-jdk could not be installed for $codename"
  fi
}

jdk_instructions() {
  die "Slipway needs a JDK of version 25 or newer. Download one for Linux, for example from
       https://adoptium.net/temurin/releases/?version=25, and unpack it:
         mkdir -p /opt/jdk-25 && tar -xzf OpenJDK25U-jdk_*.tar.gz -C /opt/jdk-25 --strip-components 1
       Then run this script again; it looks in JAVA_HOME, /usr/lib/jvm, /opt/*jdk* and PATH."
}
