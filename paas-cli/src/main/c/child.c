#define _GNU_SOURCE
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "message.h"
#include "signals.h"

static void enter(const char *directory) {
  if (directory != NULL && chdir(directory) != 0 && chdir("/") != 0) {
    _exit(STATUS_NOT_EXECUTED);
  }
}

static _Noreturn void run(const struct program *program, int report) {
  signals_reset();
  enter(program->directory);
  if (program->prepare == NULL || program->prepare(program->context) == 0) {
    execvpe(program->path, program->arguments, program->environment);
  }
  int reason = errno;
  ssize_t ignored = write(report, &reason, sizeof reason);
  (void)ignored;
  _exit(STATUS_NOT_EXECUTED);
}

/* The pipe closes by exec, or carries the errno of the failure. */
static int read_failure(int report) {
  int reason = 0;
  ssize_t got;
  do {
    got = read(report, &reason, sizeof reason);
  } while (got < 0 && errno == EINTR);
  return got == (ssize_t)sizeof reason ? reason : 0;
}

pid_t child_start(const struct program *program) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) {
    return -1;
  }
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before); /* else a handler could run in the child and lose a signal */
  pid_t pid = fork();
  if (pid == 0) {
    run(program, report[1]);
  }
  int reason = errno;
  sigprocmask(SIG_SETMASK, &before, NULL);
  close(report[1]);
  if (pid > 0) {
    reason = read_failure(report[0]);
    if (reason != 0) {
      while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
      }
      pid = -1;
    }
  }
  close(report[0]);
  errno = reason;
  return pid;
}

int child_status(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
