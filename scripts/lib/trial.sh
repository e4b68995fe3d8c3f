# shellcheck shell=bash
# A private installation beside everything else on this machine, for quickstart and bench: a daemon and an nginx of user
# TRIAL_USER, a key of OWNER, and all their files below STATE. The script that sources this sets the three.

TRIAL_HOST=slipway # the name of the daemon in the ssh configuration

# A copy of the distribution, because the daemon's user may not read the repository, and all that a daemon needs.
prepare_trial() {
  HTTP_PORT=$(free_port)
  mkdir -p "$STATE"
  cp -r "$DIST" "$STATE/dist"
  chmod -R a+rX "$STATE/dist"
  ln -s "$JAVA_HOME" "$STATE/dist/runtime" # as in a system installation
  prepare_daemon
  make_class_cache "$STATE/dist" "$TRIAL_USER"
}

# Folders of the daemon, owned by its user, and its environment.
prepare_daemon() {
  mkdir -p "$STATE/pids"
  chmod 755 "$STATE"
  install -d -o "$TRIAL_USER" -g "$TRIAL_USER" "$STATE"/{root,lib,log,run,nginx}
  install -d -m 700 -o "$OWNER" "$STATE/me"
  DAEMON_ENVIRONMENT=(
    "PATH=$STATE/dist/bin:/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"
    "HOME=$STATE/root" "LC_ALL=C.UTF-8" "JAVA_HOME=$JAVA_HOME"
    "DOKKU_ROOT=$STATE/root" "DOKKU_LIB_PATH=$STATE/lib" "DOKKU_LOGS_DIR=$STATE/log"
    "DOKKU_SYSTEM_USER=$TRIAL_USER" "DOKKU_SYSTEM_GROUP=$TRIAL_USER"
    "SLIPWAY_RUN_DIR=$STATE/run" "SLIPWAY_SSH_PORT=0" "SLIPWAY_SSH_ADDRESS=127.0.0.1"
    "SLIPWAY_NGINX_CONF=$STATE/nginx/nginx.conf" "SLIPWAY_NGINX_PID=$STATE/nginx/nginx.pid"
    "SLIPWAY_SOCKET=$STATE/run/slipway.sock" "SLIPWAY_ADMIN=$STATE/dist/bin/slipway-jvm"
  )
  if [[ -n ${DOCKER_HOST:-} ]]; then DAEMON_ENVIRONMENT+=("DOCKER_HOST=$DOCKER_HOST"); fi
}

# as USER COMMAND...: with the groups of the user and nothing else of ours.
as() {
  local user=$1
  shift
  setpriv --reuid="$user" --regid="$(id -g "$user")" --init-groups --reset-env "$@" 8>&- 9>&-
}

start_nginx() {
  cat >"$STATE/nginx/nginx.conf" <<END
pid $STATE/nginx/nginx.pid;
error_log $STATE/nginx/error.log;
worker_processes 2;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path $STATE/nginx/body;
  proxy_temp_path $STATE/nginx/proxy;
  fastcgi_temp_path $STATE/nginx/fastcgi;
  uwsgi_temp_path $STATE/nginx/uwsgi;
  scgi_temp_path $STATE/nginx/scgi;
  # patterns, because nginx starts before these files are written
  include $STATE/lib/data/slipway/nginx/http.con[f];
  include $STATE/nginx/by-hand.con[f];
}
END
  # not "as": a background function would put a shell between us and nginx
  setsid setpriv --reuid="$TRIAL_USER" --regid="$TRIAL_USER" --init-groups --reset-env \
    "$(command -v nginx)" -e "$STATE/nginx/error.log" -c "$STATE/nginx/nginx.conf" -g 'daemon off;' \
    </dev/null >"$STATE/nginx/out.log" 2>&1 8>&- 9>&- &
  remember_process "$STATE/pids/nginx" $!
  wait_until 10 test -s "$STATE/nginx/nginx.pid" || {
    cat "$STATE/nginx/out.log" "$STATE/nginx/error.log" >&2 || true
    die "nginx does not start"
  }
}

# Starts the daemon and waits for it; sets DAEMON, its pid.
start_daemon() {
  local started=$SECONDS
  launch_daemon
  # a slow machine under load takes long to start a JVM; one that ended is noticed at once
  if ! wait_until 120 daemon_listens_or_ended || ! daemon_listens; then
    tail -n 40 "$STATE/log/daemon.log" >&2
    die "the daemon does not listen"
  fi
  SSH_PORT=$(<"$STATE/run/ssh.port")
  note "daemon: pid $DAEMON, user $TRIAL_USER, SSH port $SSH_PORT, after $((SECONDS - started)) s; log: $STATE/log/daemon.log"
}

launch_daemon() {
  (cd "$STATE/root" && exec setsid setpriv --reuid="$TRIAL_USER" --regid="$TRIAL_USER" --init-groups \
    env -i "${DAEMON_ENVIRONMENT[@]}" "$STATE/dist/bin/slipway-jvm" daemon \
    </dev/null >"$STATE/log/daemon.log" 2>&1 8>&- 9>&-) &
  DAEMON=$!
  remember_process "$STATE/pids/daemon" "$DAEMON"
}

daemon_listens_or_ended() { daemon_listens || ! kill -0 "$DAEMON"; }

daemon_listens() {
  kill -0 "$DAEMON" 2>/dev/null && [[ -s $STATE/run/ssh.port && -S $STATE/run/slipway.sock ]]
}

# dokku WORDS...: the local door, as root would use it.
# As if root had logged in: what comes through sudo cannot name the program for root commands.
dokku() { env -u SUDO_UID "${DAEMON_ENVIRONMENT[@]}" "$STATE/dist/bin/dokku" "$@" 8>&- 9>&-; }

# A key of OWNER that may do everything, and an ssh configuration for it.
make_key() {
  as "$OWNER" ssh-keygen -q -t ed25519 -N '' -C "$TRIAL_USER" -f "$STATE/me/key"
  ssh_host "$TRIAL_HOST" "$SSH_PORT" dokku >"$STATE/me/ssh_config"
  chmod a+r "$STATE/me/ssh_config"
  dokku ssh-keys:add trial <"$STATE/me/key.pub"
}

# ssh_host NAME PORT USER: a section of an ssh configuration for the key.
ssh_host() {
  cat <<END
Host $1
  HostName 127.0.0.1
  Port $2
  User $3
  IdentityFile $STATE/me/key
  IdentitiesOnly yes
  UserKnownHostsFile $STATE/me/known_hosts
  StrictHostKeyChecking accept-new
  LogLevel ERROR
END
}

# The same commands as over the local door, by ssh.
remote() { as "$OWNER" ssh -F "$STATE/me/ssh_config" "$TRIAL_HOST" "$@"; }

# git_in FOLDER WORDS...: git as OWNER, with no settings but those of the repository.
git_in() {
  local folder=$1
  shift
  as "$OWNER" env HOME="$STATE/me" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 \
    git -C "$folder" "$@"
}

# make_repository FOLDER SOURCE APP: a repository of OWNER with a copy of SOURCE and a remote for APP.
make_repository() {
  cp -r "$2" "$1"
  chown -R "$OWNER" "$1"
  git_in "$1" init -q -b main
  git_in "$1" config user.name 'Slipway trial'
  git_in "$1" config user.email trial@localhost
  git_in "$1" config core.sshCommand "ssh -F $STATE/me/ssh_config"
  git_in "$1" add -A
  git_in "$1" commit -q -m 'The sample app'
  git_in "$1" remote add slipway "$TRIAL_HOST:$3"
}

# ask_without_pause HOST: requests until the file $STATE/asking is gone. One line of $STATE/answers for each: the HTTP
# status, or 000 and the reason when there was no answer.
ask_without_pause() {
  while [[ -e $STATE/asking ]] && kill -0 $$; do # $$ is the script itself, also in this background part of it
    curl -sS -o /dev/null -w '%{http_code}%{errormsg}\n' --max-time 10 -H "Host: $1" \
      "http://127.0.0.1:$HTTP_PORT/" 2>/dev/null >>"$STATE/answers" || true
  done
}

# start_asking HOST: four clients at once; end_asking ends them and sets REQUESTS and FAILED.
start_asking() {
  : >"$STATE/answers"
  touch "$STATE/asking"
  ASKERS=()
  for _ in 1 2 3 4; do
    ask_without_pause "$1" 8>&- 9>&- &
    ASKERS+=($!)
  done
}

end_asking() {
  rm -f "$STATE/asking"
  wait "${ASKERS[@]}"
  # shellcheck disable=SC2034 # the caller prints them
  REQUESTS=$(wc -l <"$STATE/answers")
  # shellcheck disable=SC2034
  FAILED=$(grep -vc '^200$' "$STATE/answers" || true)
}

# web_containers APP: the ids of the containers of its web processes, old and new.
web_containers() { docker ps -aq --filter "label=com.dokku.app-name=$1" --filter label=com.dokku.process-type=web; }

one_web_container() { (($(web_containers "$1" | wc -l) == 1)); }

# Ends and removes whatever a run made, going by the folder alone: for the end of this run and for one that was killed.
clear_up_trial() {
  local app image
  [[ -d $STATE ]] || return 0
  rm -f "$STATE/asking"
  end_process "$STATE/pids/daemon" 30
  end_process "$STATE/pids/nginx" 5
  remove_installation "$STATE/lib"
  while read -r app; do
    for image in $(docker images -q "dokku/$app" | sort -u); do
      docker rmi -f "$image" >/dev/null 2>&1 || true
    done
  done < <(cat "$STATE/apps" 2>/dev/null || true)
  rm -rf --one-file-system "$STATE"
}
