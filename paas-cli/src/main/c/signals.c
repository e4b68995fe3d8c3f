#define _GNU_SOURCE
#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "message.h"

static const int COUNTED[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD, SIGWINCH, SIGCONT};
#define COUNTED_LENGTH (sizeof COUNTED / sizeof COUNTED[0])

static atomic_int counts[NSIG];
static int wake[2] = {-1, -1};

static void count(int number) {
  int before = errno;
  atomic_fetch_add(&counts[number], 1);
  /* A full pipe is already readable, so a refused byte does no harm. */
  ssize_t ignored = write(wake[1], "", 1);
  (void)ignored;
  errno = before;
}

static bool stays_ignored(int number) {
  struct sigaction now;
  bool candidate = number == SIGINT || number == SIGQUIT || number == SIGHUP;
  return candidate && sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

static void handle(int number, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_handler = handler; /* no SA_RESTART: a blocked write must let the loop see the signal */
  if (sigaction(number, &action, NULL) != 0) {
    fail("Cannot handle signal %d: %s", number, strerror(errno));
  }
}

int signals_open(bool keep_ignored) {
  if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0) {
    fail("Cannot make a pipe: %s", strerror(errno));
  }
  for (size_t i = 0; i < COUNTED_LENGTH; i++) {
    if (!keep_ignored || !stays_ignored(COUNTED[i])) {
      handle(COUNTED[i], count);
    }
  }
  handle(SIGPIPE, SIG_IGN);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  return wake[0];
}

void signals_drain(void) {
  char bytes[64];
  while (read(wake[0], bytes, sizeof bytes) > 0) {
  }
}

int signals_take(int number) { return atomic_exchange(&counts[number], 0); }

void signals_reset(void) {
  for (size_t i = 0; i < COUNTED_LENGTH; i++) {
    if (!stays_ignored(COUNTED[i])) {
      handle(COUNTED[i], SIG_DFL);
    }
  }
  handle(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}
