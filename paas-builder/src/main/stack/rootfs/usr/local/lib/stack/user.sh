# shellcheck shell=bash
# The unprivileged user that owns the app: builds and processes run as it.

readonly APP_USER_ID=32767

# The name in USER, if the image was started as root and so has to change to somebody.
app_user() {
  local name=${USER:-herokuishuser}
  if [[ $name == root ]]; then
    name=herokuishuser
  fi
  [[ $name =~ ^[a-z_][a-z0-9_-]{0,31}$ ]] || die "not a name of a user: $name"
  echo "$name"
}

# A platform may choose another name; in this image it is the same user.
ensure_app_user() {
  if ! id -u "$1" >/dev/null 2>&1; then
    useradd --non-unique --uid "$APP_USER_ID" --gid "$APP_USER_ID" --home-dir "$APP_PATH" --no-create-home --shell /bin/bash "$1" ||
      die "could not make the user $1"
  fi
  [[ $(id -u "$1") != 0 ]] || die "the app's user must not be root"
}

must_change_user() { [[ ${HEROKUISH_SETUIDGUID:-true} != false && $EUID == 0 ]]; }

# as_app_user WORDS...: goes on as the app's user by calling this program again with these words. Returns if it is that
# user already, or is told not to change (HEROKUISH_SETUIDGUID=false).
as_app_user() {
  local user
  if ! must_change_user; then
    return 0
  fi
  user=$(app_user)
  ensure_app_user "$user"
  export USER=$user LOGNAME=$user HOME=$APP_PATH HEROKUISH_SETUIDGUID=false
  exec setpriv --reuid "$(id -u "$user")" --regid "$(id -g "$user")" --init-groups -- /usr/bin/herokuish "$@"
}

# own PATH...: gives folders with all that is in them to the app's user; only what is somebody else's is touched.
own() {
  local user
  user=$(app_user)
  ensure_app_user "$user"
  find "$@" -xdev '(' -not -user "$user" -o -not -group "$(id -g "$user")" ')' \
    -exec chown -h "$(id -u "$user"):$(id -g "$user")" {} +
}
