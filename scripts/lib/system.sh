# shellcheck shell=bash
# The parts of a system installation; scripts/install makes them, scripts/uninstall removes them.

# shellcheck disable=SC2034 # some are used by the two scripts only

SYSTEM_USER=dokku
SYSTEM_ROOT=/home/dokku
SYSTEM_LIB=/var/lib/dokku
SYSTEM_LOGS=/var/log/dokku
SYSTEM_RUN=/run/slipway
PROGRAMS=/usr/lib/slipway
SETTINGS=/etc/default/slipway
SUDO_RULES=/etc/sudoers.d/dokku-nginx
UNIT=/etc/systemd/system/slipway.service
NGINX_INCLUDE=/etc/nginx/conf.d/dokku.conf
NGINX_HASH=/etc/nginx/conf.d/server_names_hash_bucket_size.conf
MADE=$PROGRAMS/made-by-install # which of the shared things did not exist before: one a line

systemd_runs() { [[ -d /run/systemd/system ]]; }

# write_file PATH MODE: stdin becomes the file, whole or not at all; says so only if something changed.
write_file() {
  local path=$1 mode=$2 next
  next=$(mktemp "$path.XXXXXX")
  cat >"$next"
  chmod "$mode" "$next"
  if cmp -s "$next" "$path" && [[ $(stat -c %a "$path") == "$(stat -c %a "$next")" ]]; then
    rm -f "$next"
  else
    mv -f "$next" "$path"
    note "wrote $path"
  fi
}

# The commands that group dokku may run as root, and no others, each word exact. The last ones test a site alone in a main
# configuration of its own; nginx reads it as root, so they give away what user dokku, being in group docker, has already.
sudo_rules() {
  local nginx verb number
  nginx=$(command -v nginx)
  echo "# nginx for Slipway; made by scripts/install"
  if systemd_runs; then
    for verb in enable disable reload start stop 'is-active --quiet'; do
      echo "%$SYSTEM_USER ALL=(ALL) NOPASSWD: $(command -v systemctl) $verb nginx"
    done
  else
    for verb in reload start stop status; do
      echo "%$SYSTEM_USER ALL=(ALL) NOPASSWD: /etc/init.d/nginx $verb"
      echo "%$SYSTEM_USER ALL=(ALL) NOPASSWD: /usr/sbin/invoke-rc.d nginx $verb"
    done
  fi
  echo "%$SYSTEM_USER ALL=(ALL) NOPASSWD: $nginx -t"
  for number in 1 2 3 4; do
    echo "%$SYSTEM_USER ALL=(ALL) NOPASSWD: $nginx -t -c $SYSTEM_LIB/data/slipway/nginx/temp/main.$number.conf"
  done
}

# A rules file that sudo cannot read would lock everybody out: it is checked before it is put in place.
install_sudo_rules() {
  local next
  next=$(mktemp)
  sudo_rules >"$next"
  chmod 0440 "$next"
  visudo -c -q -f "$next" || die "the sudo rules are not valid: $next"
  write_file "$SUDO_RULES" 0440 <"$next"
  rm -f "$next"
}

nginx_include() {
  echo "# Slipway: made by scripts/install. The apps' sites are named in the first file, which the daemon writes."
  echo "include $SYSTEM_LIB/data/slipway/nginx/http.con[f];"
  echo
  # a directive may stand only once in http {}
  nginx_sets server_tokens || echo "server_tokens off;"
  nginx_sets ssl_session_cache || echo "ssl_session_cache shared:SSL:20m;"
  nginx_sets ssl_session_timeout || echo "ssl_session_timeout 1d;"
  nginx_sets ssl_session_tickets || echo "ssl_session_tickets off;"
  nginx_sets ssl_dhparam || echo "ssl_dhparam /etc/nginx/dhparam.pem;"
  nginx_sets ssl_ciphers || echo "ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384;"
}

# Whether nginx.conf or another file of conf.d has the directive.
nginx_sets() {
  local file
  for file in /etc/nginx/nginx.conf /etc/nginx/conf.d/*.conf; do
    if [[ $file != "$NGINX_INCLUDE" && -f $file ]] && grep -qE "^[[:space:]]*$1[[:space:]]" "$file"; then
      return
    fi
  done
  return 1
}

install_nginx_include() {
  if [[ ! -s /etc/nginx/dhparam.pem ]]; then
    # the well-known group of RFC 7919; searching for one of our own would take minutes and be no safer
    openssl genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048 2>/dev/null |
      sed -n '/BEGIN/,/END/p' | write_file /etc/nginx/dhparam.pem 0644
    echo /etc/nginx/dhparam.pem >>"$MADE"
  fi
  if [[ ! -e $NGINX_HASH ]] && ! nginx_sets server_names_hash_bucket_size; then
    echo 'server_names_hash_bucket_size 512;' | write_file "$NGINX_HASH" 0644
    echo "$NGINX_HASH" >>"$MADE"
  fi
  nginx_include | write_file "$NGINX_INCLUDE" 0644
  if ! nginx -t 2>/tmp/slipway-nginx.$$; then
    cat /tmp/slipway-nginx.$$ >&2
    rm -f /tmp/slipway-nginx.$$ "$NGINX_INCLUDE"
    die "nginx refuses its configuration with Slipway's include; the include is out again"
  fi
  rm -f /tmp/slipway-nginx.$$
}

# reload_nginx: starts it where it does not run.
reload_nginx() {
  if systemd_runs; then
    systemctl reload-or-restart nginx
  elif [[ -s /run/nginx.pid ]] && kill -0 "$(</run/nginx.pid)" 2>/dev/null; then
    nginx -s reload
  else
    nginx 9>&- # it must not inherit the lock of this script
  fi
}

# Says which port the SSH door takes: 22 where it is nobody's, else 2222 beside the system's sshd. A choice made before stays.
choose_ssh_port() {
  local before
  before=$(sed -n 's/^SLIPWAY_SSH_PORT=//p' "$SETTINGS" 2>/dev/null | tail -n 1)
  if [[ -n $before ]]; then
    echo "$before"
  elif [[ -x /usr/sbin/sshd ]] || ss -Hltn 'sport = :22' | grep -q .; then
    echo 2222
  else
    echo 22
  fi
}

# Where the system's sshd has port 22, user dokku must be able to come in by key.
check_sshd() {
  local settings
  settings=$(/usr/sbin/sshd -T -C "user=$SYSTEM_USER,host=localhost,addr=127.0.0.1" 2>/dev/null) || {
    note "the system's sshd could not be asked for its settings; user $SYSTEM_USER must be able to log in there by key"
    return 0
  }
  if grep -qi '^pubkeyauthentication no' <<<"$settings"; then
    warn "the system's sshd takes no keys: git push to port 22 will not work, port 2222 will"
  fi
  if grep -qi '^allowusers' <<<"$settings" && ! grep -qiE "^allowusers $SYSTEM_USER(@|$)" <<<"$settings"; then
    warn "AllowUsers of the system's sshd does not name $SYSTEM_USER: git push to port 22 will not work, port 2222 will"
  fi
  if grep -qi '^allowgroups' <<<"$settings"; then
    note "the system's sshd has AllowGroups: user $SYSTEM_USER must be in one of them"
  fi
  return 0
}

unit() {
  cat <<END
[Unit]
Description=Slipway, git push to deploy
Documentation=file:$PROGRAMS/doc
After=network-online.target docker.service nginx.service
Wants=network-online.target docker.service nginx.service

[Service]
User=$SYSTEM_USER
Group=$SYSTEM_USER
Environment=LC_ALL=C.UTF-8
# what plugins write into cron tables has to be the public name
Environment=SLIPWAY_LAUNCHER=/usr/bin/dokku
EnvironmentFile=-$SETTINGS
WorkingDirectory=$SYSTEM_ROOT
RuntimeDirectory=slipway
RuntimeDirectoryMode=0755
ExecStart=$PROGRAMS/bin/slipway-jvm daemon
# port 22
AmbientCapabilities=CAP_NET_BIND_SERVICE
# builds and hooks are told by the daemon; the containers are not its children
KillMode=mixed
TimeoutStopSec=60
Restart=on-failure
RestartSec=2

[Install]
WantedBy=multi-user.target
END
}

# For hosts without systemd: what the unit does, in the foreground. Run as root, it becomes user dokku.
daemon_starter() {
  cat <<END
#!/bin/sh
# Runs the Slipway daemon as user $SYSTEM_USER where no systemd does it; made by scripts/install.
set -eu
set -a
. $SETTINGS
set +a
install -d -m 755 -o $SYSTEM_USER -g $SYSTEM_USER $SYSTEM_RUN
cd $SYSTEM_ROOT
export LC_ALL=C.UTF-8 HOME=$SYSTEM_ROOT USER=$SYSTEM_USER LOGNAME=$SYSTEM_USER
exec setpriv --reuid=$SYSTEM_USER --regid=$SYSTEM_USER --init-groups \\
  --inh-caps=+net_bind_service --ambient-caps=+net_bind_service \\
  $PROGRAMS/bin/slipway-jvm daemon
END
}
