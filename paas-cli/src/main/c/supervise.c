#define _GNU_SOURCE
#include "supervise.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "clock.h"
#include "message.h"
#include "signals.h"

#define GRACE_MS 10000
/* While dying: how often it is looked whether the group is empty. */
#define LOOK_MS 50

struct supervision {
  int signals;
  pid_t child;        /* also the number of its group */
  bool ended;
  int status;
  long long deadline; /* of a group that was told to end; 0: the readers are there */
};

/* A group of its own, so that all of it can be ended; killed with us if we are killed. */
static int lead_group(void *context) {
  (void)context;
  return setpgid(0, 0) == 0 ? prctl(PR_SET_PDEATHSIG, SIGKILL) : -1;
}

static void pass_on(const struct supervision *s, int number) {
  if (signals_take(number) > 0) {
    kill(-s->child, number);
  }
}

static void take_signals(struct supervision *s) {
  int status;
  signals_drain();
  pass_on(s, SIGTERM);
  pass_on(s, SIGINT);
  pass_on(s, SIGHUP);
  pass_on(s, SIGQUIT);
  if (!s->ended && waitpid(s->child, &status, WNOHANG) == s->child) {
    s->ended = true;
    s->status = child_status(status);
  }
}

static struct pollfd reader_of(const struct supervision *s, int fd) {
  struct pollfd entry = {.fd = s->deadline == 0 ? fd : -1, .events = 0, .revents = 0};
  return entry;
}

static bool reader_gone(const struct pollfd *entry) {
  return (entry->revents & (POLLERR | POLLHUP)) != 0;
}

static void turn(struct supervision *s) {
  struct pollfd on[3] = {{.fd = s->signals, .events = POLLIN, .revents = 0},
                         reader_of(s, STDOUT_FILENO), reader_of(s, STDERR_FILENO)};
  bool heard = poll(on, 3, deadline_wait(s->deadline, LOOK_MS)) > 0;
  take_signals(s);
  if (heard && s->deadline == 0 && (reader_gone(&on[1]) || reader_gone(&on[2]))) {
    kill(-s->child, SIGTERM);
    s->deadline = deadline_in(GRACE_MS);
  }
}

static bool group_left(const struct supervision *s) { return kill(-s->child, 0) == 0; }

/* As long as somebody listens, the child's end is the end; afterwards its whole group has to go. */
static bool done(const struct supervision *s) {
  return s->ended && (s->deadline == 0 || !group_left(s));
}

int supervise_run(char **words) {
  if (words[0] == NULL || strcmp(words[0], "--") != 0 || words[1] == NULL) {
    fail("Usage: --slipway-supervise -- PATH ARGUMENTS...");
  }
  struct supervision s = {0};
  s.signals = signals_open(false);
  struct program program = {
      .path = words[1], .arguments = words + 1, .environment = environ, .prepare = lead_group};
  s.child = child_start(&program);
  if (s.child < 0) {
    complain("Cannot run %s: %s", words[1], strerror(errno));
    return STATUS_NOT_EXECUTED;
  }
  while (!done(&s) && !deadline_over(s.deadline)) {
    turn(&s);
  }
  if (s.deadline != 0) {
    kill(-s.child, SIGKILL);
  }
  return s.ended ? s.status : 128 + SIGKILL;
}
