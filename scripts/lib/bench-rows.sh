# shellcheck shell=bash
# The titles of rows are Markdown: their back quotes are meant as they stand.
# shellcheck disable=SC2016
# The rows of scripts/bench: what is measured, and the same by hand.

# shellcheck disable=SC2153,SC2317,SC2329 # functions are called by their names, variables come from the script

# --- a command that reads -------------------------------------------------------------------------------------------

measure_ssh() {
  compare $((ROUNDS * 10)) bare_ssh our_ssh
  row_difference ssh '`config:get` over a new SSH connection' 'the same client, a server of the same library that runs nothing' 10
}
bare_ssh() { "${SSH[@]}" bare true </dev/null >/dev/null; }
our_ssh() { "${SSH[@]}" "$TRIAL_HOST" config:get bench COLOUR </dev/null >/dev/null; }

measure_shared() {
  "${SSH[@]}" -M -S "$STATE/me/master" -fN "$TRIAL_HOST" </dev/null >/dev/null 2>&1 8>&- 9>&-
  "${SSH[@]}" -M -S "$STATE/me/master-bare" -fN bare </dev/null >/dev/null 2>&1 8>&- 9>&-
  compare $((ROUNDS * 10)) bare_shared our_shared
  row_difference shared '`config:get` over a shared connection' 'as above, shared' 5
}
bare_shared() { "${SSH[@]}" -S "$STATE/me/master-bare" bare true </dev/null >/dev/null; }
our_shared() { "${SSH[@]}" -S "$STATE/me/master" "$TRIAL_HOST" config:get bench COLOUR </dev/null >/dev/null; }

measure_launcher() {
  compare $((ROUNDS * 10)) bare_program our_launcher
  row_difference launcher '`config:get` from the launcher' '`/bin/true`' 5
}
bare_program() { /bin/true; }
our_launcher() { "$STATE/dist/bin/dokku" config:get bench COLOUR </dev/null >/dev/null; }

# --- reports --------------------------------------------------------------------------------------------------------

APPS_ARE_DEPLOYED=no

deploy_many() {
  local i
  if [[ $APPS_ARE_DEPLOYED == yes ]]; then return; fi
  note "deploying $APPS apps"
  for ((i = 1; i < APPS; i++)); do deploy_app "bench-$i"; done # with the app bench: APPS
  APPS_ARE_DEPLOYED=yes
}

measure_apps_report() {
  deploy_many
  compare $((ROUNDS * 3)) list_and_read our_apps_report
  row_ratio apps-report "\`apps:report\`, $APPS deployed apps" 'one container list over the API and the files of the apps, by `curl` and `cat`' 3
}
measure_ps_report() {
  deploy_many
  compare $((ROUNDS * 3)) list_and_read our_ps_report
  row_ratio ps-report "\`ps:report\`, $APPS deployed apps" 'as above' 3
}
list_and_read() {
  curl -sS --unix-socket "$ENGINE_SOCKET" 'http://engine/v1.41/containers/json?all=1' >/dev/null
  cat "$STATE"/lib/config/*/*/* "$STATE"/root/*/ENV >/dev/null 2>&1 || true
}
our_apps_report() { "$STATE/dist/bin/dokku" apps:report </dev/null >/dev/null; }
our_ps_report() { "$STATE/dist/bin/dokku" ps:report </dev/null >/dev/null; }

# --- new containers -------------------------------------------------------------------------------------------------

# page HOST: sets PAGE to what nginx serves for it, without a new process.
page() {
  local connection
  PAGE=
  exec {connection}<>"/dev/tcp/127.0.0.1/$HTTP_PORT" || return 0
  printf 'GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$1" >&"$connection"
  read -rt 10 -d '' -u "$connection" PAGE || true
  exec {connection}>&-
}

# await_page HOST TEXT OTHER: until the page has TEXT and not OTHER (nothing: whatever).
await_page() {
  local deadline=$((SECONDS + 60))
  page "$1"
  until [[ $PAGE == 'HTTP/1.1 200 '* && $PAGE == *"$2"* ]] && [[ -z $3 || $PAGE != *"$3"* ]]; do
    if ((SECONDS >= deadline)); then
      warn "waited for '$2' from $1, not from '$3'; it serves: $PAGE"
      return 1
    fi
    nap 0.005
    page "$1"
  done
}

# Sets SERVED_BY to the word of the container that answers for HOST.
served_by() {
  page "$1"
  SERVED_BY=${PAGE##*$'\r\n\r\n'}
  SERVED_BY=${SERVED_BY##* }
  SERVED_BY=${SERVED_BY//[$'\r\n']/}
}

# route_by_hand CONTAINER: what a person would write and run.
route_by_hand() {
  local address
  address=$(docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1")
  printf 'server { listen %s; server_name by-hand.localhost; location / { proxy_pass http://%s:5000; } }\n' \
    "$HTTP_PORT" "$address" >"$STATE/nginx/by-hand.conf"
  nginx -e "$STATE/nginx/error.log" -c "$STATE/nginx/nginx.conf" -s reload
}

forget_by_hand() {
  [[ -z ${HAND_BEFORE:-} ]] || docker rm -f "$HAND_BEFORE" >/dev/null
  HAND_BEFORE=$HAND
}

HAND=
HAND_BEFORE=

measure_restart() {
  ensure_image_by_hand
  compare "$ROUNDS" restart_by_hand our_restart
  row_difference restart '`ps:restart` until the new container serves, with a startup check' '`docker create`, `docker start`, `nginx -s reload`' 500
}
restart_by_hand() {
  HAND=$(docker create --label dev.slipway.bench dev.slipway.bench/by-hand)
  docker start "$HAND" >/dev/null
  route_by_hand "$HAND"
  await_page by-hand.localhost 'by hand' "$SERVED_BY"
}
before_restart_by_hand() { served_by by-hand.localhost; }
after_restart_by_hand() { forget_by_hand; }
before_our_restart() { served_by bench.localhost; }
our_restart() {
  "$STATE/dist/bin/dokku" ps:restart bench </dev/null >"$STATE/log/restart.log" 2>&1 8>&- 9>&- &
  RESTART=$!
  await_page bench.localhost "$(<"$STATE/me/quick/version.txt") " "$SERVED_BY"
}
after_our_restart() {
  wait "$RESTART" || die "ps:restart failed: $(cat "$STATE/log/restart.log")"
  wait_until 60 one_web_container bench || die "the old container does not go"
}

# new_version FOLDER: changes the file that every build copies.
new_version() { echo "v$EPOCHREALTIME" >"$1/version.txt"; }

ensure_image_by_hand() {
  if [[ ! -d $STATE/me/by-hand ]]; then cp -r "$REPOSITORY/src-it/apps/quick" "$STATE/me/by-hand"; fi
  echo 'by hand' >"$STATE/me/by-hand/version.txt"
  build_by_hand
}
build_by_hand() {
  docker build -q --build-arg "BASE_IMAGE=$BASE_IMAGE" -t dev.slipway.bench/by-hand "$STATE/me/by-hand" >/dev/null 2>"$STATE/log/build.log"
}

measure_deploy() {
  ensure_image_by_hand
  compare "$ROUNDS" deploy_by_hand our_deploy
  row_difference deploy '`git push` of a Dockerfile app with one changed file until it serves' '`docker build`, `docker run`, `nginx -s reload`' 1000
}
before_deploy_by_hand() { new_version "$STATE/me/by-hand"; }
deploy_by_hand() {
  build_by_hand
  HAND=$(docker run -d --label dev.slipway.bench dev.slipway.bench/by-hand)
  route_by_hand "$HAND"
  await_page by-hand.localhost "$(<"$STATE/me/by-hand/version.txt") " ''
}
after_deploy_by_hand() { forget_by_hand; }
before_our_deploy() {
  new_version "$STATE/me/quick"
  git_in "$STATE/me/quick" commit -q -a -m 'Another version'
}
our_deploy() {
  git -C "$STATE/me/quick" push -q "$TRIAL_HOST:bench" main:master </dev/null >"$STATE/log/push.log" 2>&1 8>&- 9>&- &
  PUSH=$!
  await_page bench.localhost "$(<"$STATE/me/quick/version.txt") " ''
}
after_our_deploy() {
  wait "$PUSH" || die "the push failed: $(cat "$STATE/log/push.log")"
  wait_until 60 one_web_container bench || die "the old container does not go"
}

measure_load() {
  local i met=yes
  start_asking bench.localhost
  for ((i = 0; i < DEPLOYS; i++)); do
    before_our_deploy
    our_deploy || die "the new version is not served"
    after_our_deploy
  done
  end_asking
  if ((FAILED > 0)); then
    met=no
    sort "$STATE/answers" | uniq -c >&2
  fi
  add_row load "failed requests of four clients during $DEPLOYS deploys" - - "$FAILED of $REQUESTS requests" - 0 "$met"
}

# --- a large push ---------------------------------------------------------------------------------------------------

measure_push() {
  make_large_repository
  compare 3 push_to_openssh our_push
  row_ratio push '`git push` of a repository with 100,000 objects (nothing is built)' 'the same client, OpenSSH and git, without checks of the objects' 1.2
}

# 10,000 commits with two trees and seven files each.
make_large_repository() {
  local large=$STATE/me/large
  git init -q --bare "$large"
  git -C "$large" config core.sshCommand "ssh -F $STATE/me/ssh_config"
  awk 'BEGIN {
    srand(1)
    for (c = 1; c <= 10000; c++) {
      printf "commit refs/heads/main\ncommitter Trial <trial@localhost> %d +0000\ndata 7\nchange\n\n", 1700000000 + c
      for (f = 0; f < 7; f++) {
        text = c " " f
        for (w = 0; w < 20; w++) text = text sprintf(" %08x", int(rand() * 2147483647))
        printf "M 100644 inline d%d/f%d\ndata %d\n%s\n", c % 100, f, length(text), text
      }
      print ""
    }
  }' | git -C "$large" fast-import --quiet
  note "$(git -C "$large" count-objects -v | awk '/^in-pack/ {o = $2} /^size-pack/ {s = $2} END {print o " objects, " s " KiB"}')"
}
before_push_to_openssh() {
  rm -rf "$STATE/me/target.git"
  git init -q --bare "$STATE/me/target.git"
}
push_to_openssh() { git -C "$STATE/me/large" push -q "openssh:$STATE/me/target.git" main </dev/null 2>"$STATE/log/push.log"; }
before_our_push() {
  dokku apps:create large >/dev/null 2>&1
  dokku git:set large deploy-branch another >/dev/null
}
our_push() { git -C "$STATE/me/large" push -q "$TRIAL_HOST:large" main </dev/null 2>"$STATE/log/push.log"; }
after_our_push() {
  local objects
  objects=$(as "$TRIAL_USER" git -C "$STATE/root/large" rev-list --objects --count main)
  ((objects == 100000)) || die "$objects objects of 100000 arrived"
  dokku apps:destroy --force large >/dev/null
}

# --- the daemon itself ----------------------------------------------------------------------------------------------

measure_memory() {
  local kb met=no
  deploy_many
  note "letting the daemon come to rest"
  nap 20
  kb=$(awk '/^Pss:/ {print $2}' "/proc/$DAEMON/smaps_rollup")
  if ((kb <= 150 * 1024)); then met=yes; fi
  add_row memory "resident memory (PSS) of the idle daemon, $APPS apps, after the rows above" - - "$((kb / 1024)) MB" - '150 MB' "$met"
}

measure_start() {
  local folder=$STATE/me/hello-world
  mkdir -p "$folder"
  echo 'class Hello { public static void main(String[] words) { System.out.println("hello"); } }' >"$folder/Hello.java"
  "$JAVA_HOME/bin/javac" -d "$folder" "$folder/Hello.java"
  compare "$ROUNDS" hello_world our_start
  row_difference start 'start of the daemon until it listens' 'JVM hello world' 700
}
hello_world() { "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$STATE/me/hello-world" Hello >/dev/null; }
before_our_start() {
  end_process "$STATE/pids/daemon" 30
  rm -f "$STATE/run/ssh.port"
}
our_start() {
  local deadline=$((SECONDS + 60))
  launch_daemon
  until [[ -s $STATE/run/ssh.port ]]; do
    ((SECONDS < deadline)) || return 1
    nap 0.002
  done
}
