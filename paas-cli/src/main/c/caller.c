#define _GNU_SOURCE
#include "caller.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "message.h"

#ifndef DEFAULT_SOCKET
#define DEFAULT_SOCKET "/run/slipway/slipway.sock"
#endif
#ifndef DEFAULT_ADMIN
#define DEFAULT_ADMIN "/usr/lib/slipway/bin/slipway-jvm"
#endif

static const char *setting(const char *name, const char *otherwise) {
  const char *value = getenv(name);
  return value == NULL || *value == '\0' ? otherwise : value;
}

static const char *socket_path(void) { return setting("SLIPWAY_SOCKET", DEFAULT_SOCKET); }

static void export(const char *name, const char *value) {
  if (setenv(name, value, 1) != 0) {
    fail("Out of memory");
  }
}

/* The first word after the leading global flags, or NULL. */
static const char *command_word(char **words) {
  while (*words != NULL && strncmp(*words, "--", 2) == 0) {
    bool takes_value = strcmp(*words, "--app") == 0;
    words++;
    if (takes_value && *words != NULL) {
      words++;
    }
  }
  return *words;
}

static bool is_root_command(const char *word) {
  if (word == NULL || strcmp(word, "plugin:help") == 0 || strcmp(word, "plugin:list") == 0) {
    return false;
  }
  return strstr(word, "plugin") != NULL || strcmp(word, "ssh-keys:add") == 0 ||
         strcmp(word, "ssh-keys:remove") == 0;
}

/* Nobody runs what somebody else, root apart, could have written. */
static void check_trust(const char *program) {
  struct stat found;
  if (program[0] != '/' || stat(program, &found) != 0) {
    fail("Cannot run %s: there is no such program", program);
  }
  if ((found.st_uid != 0 && found.st_uid != geteuid()) || (found.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    fail(geteuid() == 0 ? "%s must belong to root and be writable by nobody else"
                        : "%s must belong to root or its caller and be writable by nobody else", program);
  }
}

static size_t count_words(char **words) {
  size_t count = 0;
  while (words[count] != NULL) {
    count++;
  }
  return count;
}

/* Replaces this program by: leading[0] leading[1] ... words. */
static void become(const char *const *leading, char **words) {
  size_t before = 0;
  while (leading[before] != NULL) {
    before++;
  }
  size_t after = count_words(words);
  char **arguments = calloc(before + after + 1, sizeof *arguments);
  if (arguments == NULL) {
    fail("Out of memory");
  }
  for (size_t i = 0; i < before; i++) {
    arguments[i] = (char *)(uintptr_t)leading[i]; /* exec does not write to them */
  }
  memcpy(arguments + before, words, after * sizeof *words);
  execvp(arguments[0], arguments);
  int reason = errno;
  free(arguments);
  errno = reason;
}

/* Whoever comes through sudo may run this program, not one of their choice. */
static const char *admin_program(void) {
  return getenv("SUDO_UID") != NULL ? DEFAULT_ADMIN : setting("SLIPWAY_ADMIN", DEFAULT_ADMIN);
}

void caller_hand_over(char **words) {
  const char *program = admin_program();
  if (words[0] != NULL && strcmp(words[0], "daemon") == 0 && getenv("SSH_ORIGINAL_COMMAND") == NULL) {
    check_trust(program);
    const char *const leading[] = {program, NULL};
    become(leading, words);
  } else if (geteuid() == 0 && is_root_command(command_word(words))) {
    check_trust(program);
    export("SSH_USER", "root");
    const char *const leading[] = {program, "admin", NULL};
    become(leading, words);
  } else {
    return;
  }
  fail("Cannot run %s: %s", program, strerror(errno));
}

static _Noreturn void unreachable(int reason) {
  complain("The Slipway daemon does not answer at %s: %s", socket_path(), strerror(reason));
  fail("Start it with 'systemctl start slipway' or 'slipway daemon', or name its socket in SLIPWAY_SOCKET");
}

static int dial(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t length = strlen(socket_path());
  if (length >= sizeof address.sun_path) {
    unreachable(ENAMETOOLONG);
  }
  memcpy(address.sun_path, socket_path(), length);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
    unreachable(errno);
  }
  return fd;
}

static uid_t peer_of(int fd) {
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
    fail("Cannot tell who answers at %s: %s", socket_path(), strerror(errno));
  }
  return peer.uid;
}

static void forget_private_places(void) {
  static const char *const NAMES[] = {"DOKKU_PID", "TMP", "TMPDIR", "TEMP", "TEMPDIR"};
  for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
    unsetenv(NAMES[i]);
  }
}

static void drop_to(uid_t uid) {
  const struct passwd *user = getpwuid(uid);
  if (user == NULL) {
    fail("The daemon runs as user id %u, which has no account", (unsigned)uid);
  }
  gid_t gid = user->pw_gid;
  forget_private_places();
  export("SSH_USER", "root");
  export("HOME", user->pw_dir);
  export("USER", user->pw_name);
  export("LOGNAME", user->pw_name);
  if (initgroups(user->pw_name, gid) != 0 || setresgid(gid, gid, gid) != 0 ||
      setresuid(uid, uid, uid) != 0) {
    fail("Cannot become user id %u: %s", (unsigned)uid, strerror(errno));
  }
  if (setuid(0) == 0 || geteuid() != uid || getegid() != gid) {
    fail("Still privileged after becoming user id %u", (unsigned)uid);
  }
}

/* A name where there is one, else "#1000", which sudo takes as well. */
static void name_of(uid_t uid, char *name, size_t size) {
  const struct passwd *user = getpwuid(uid);
  if (user != NULL) {
    snprintf(name, size, "%s", user->pw_name);
  } else {
    snprintf(name, size, "#%u", (unsigned)uid);
  }
}

static _Noreturn void return_through_sudo(uid_t owner, char **words) {
  char self[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length < 0) {
    fail("Cannot tell where this program is: %s", strerror(errno));
  }
  self[length] = '\0';
  char caller[LOGIN_NAME_MAX];
  char target[LOGIN_NAME_MAX];
  name_of(geteuid(), caller, sizeof caller);
  name_of(owner, target, sizeof target);
  forget_private_places();
  export("SSH_USER", caller);
  const char *const leading[] = {"sudo", "-u", target, "-E", "-H", self, NULL};
  become(leading, words);
  fail("Only user %s may talk to the daemon, and sudo cannot be run: %s", target, strerror(errno));
}

int caller_connect(char **words) {
  struct stat found;
  if (stat(socket_path(), &found) != 0) {
    unreachable(errno);
  }
  if (geteuid() != 0 && geteuid() != found.st_uid) {
    return_through_sudo(found.st_uid, words);
  }
  int fd = dial();
  uid_t peer = peer_of(fd);
  if (peer == geteuid()) {
    return fd;
  }
  if (geteuid() != 0) {
    fail("User id %u answers at %s instead of its owner", (unsigned)peer, socket_path());
  }
  drop_to(peer);
  return fd;
}

bool caller_may_host(void) {
  const char *by_sudo = getenv("SUDO_COMMAND");
  return getenv("SSH_ORIGINAL_COMMAND") == NULL &&
         (by_sudo == NULL || strstr(by_sudo, "--slipway-") == NULL);
}
