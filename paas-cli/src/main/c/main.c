/*
 * The launcher: `dokku` and `slipway`. It hands a call to the daemon and does what the daemon says (PROTOCOL.md);
 * for the daemon it is also pty host and supervisor.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "caller.h"
#include "ptyhost.h"
#include "request.h"
#include "session.h"
#include "supervise.h"

/* A closed descriptor would go to the next file that is opened, for example our socket. */
static void plug_closed_descriptors(void) {
  int fd;
  do {
    fd = open("/dev/null", O_RDWR);
  } while (fd >= 0 && fd <= 2);
  if (fd > 2) {
    close(fd);
  }
}

int main(int argc, char **argv) {
  static char *no_words[] = {NULL};
  char **words = argc > 0 ? argv + 1 : no_words;
  plug_closed_descriptors();
  if (words[0] != NULL && caller_may_host()) {
    if (strcmp(words[0], "--slipway-pty") == 0) {
      return ptyhost_run(words + 1);
    }
    if (strcmp(words[0], "--slipway-supervise") == 0) {
      return supervise_run(words + 1);
    }
  }
  caller_hand_over(words);
  int daemon = caller_connect(words);
  request_send(daemon, words);
  return session_run(daemon);
}
