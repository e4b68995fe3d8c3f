# shellcheck shell=bash
# nginx in front of a folder, as the app's user, on $PORT: what static-web and php-web share.

WEB=$(mktemp -d /tmp/web.XXXXXX)

# common_settings ROOT: the start of nginx's file. What a platform keeps beside the pages is not for visitors.
common_settings() {
  cat <<END
daemon off;
pid $WEB/nginx.pid;
error_log stderr warn;
worker_processes ${WEB_CONCURRENCY:-2};
events { worker_connections 1024; }
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  server_tokens off;
  sendfile on;
  gzip on;
  gzip_types text/css text/plain application/javascript application/json image/svg+xml;
  client_max_body_size 0;
  client_body_temp_path $WEB/body;
  proxy_temp_path $WEB/proxy;
  fastcgi_temp_path $WEB/fastcgi;
  uwsgi_temp_path $WEB/uwsgi;
  scgi_temp_path $WEB/scgi;
  port_in_redirect off;
  absolute_redirect off;
  # A platform's own proxy stands in front, and names the visitor.
  real_ip_header X-Forwarded-For;
  set_real_ip_from 10.0.0.0/8;
  set_real_ip_from 172.16.0.0/12;
  set_real_ip_from 192.168.0.0/16;
  server {
    listen ${PORT:-5000};
    root $1;
    location ~ /\\.(?!well-known/) { return 404; }
END
  # In the app's own folder, its code and the papers of its build lie beside the pages.
  if [[ $1 == "$(readlink -f "$HOME")" ]]; then
    echo '    location ~ ^/(Procfile|app\.json|composer\.(json|lock)|vendor/.*)$ { return 404; }'
  fi
}

# root_of FOLDER: its full path.
root_of() {
  if [[ ! -d $1 ]]; then
    echo "there is no folder $1 to serve" >&2
    exit 1
  fi
  readlink -f "$1"
}

# A pipe of our own: the one that a container gives may belong to root, and nginx opens it by name.
own_output() { exec > >(exec cat) 2>&1; }
