#define _GNU_SOURCE
#include "terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static struct termios cooked;
static volatile sig_atomic_t raw;

struct terminal terminal_look(void) {
  struct terminal found = {0, 0, 0};
  for (int fd = 2; fd >= 0; fd--) {
    struct winsize size;
    if (isatty(fd)) {
      found.bits = (uint8_t)(found.bits | 1u << fd);
      if (ioctl(fd, TIOCGWINSZ, &size) == 0) {
        found.rows = size.ws_row;
        found.columns = size.ws_col;
      }
    }
  }
  return found;
}

/* Runs at exit, also from signal handlers; a background process must not be stopped by it. */
static void restore(void) {
  if (raw) {
    raw = 0;
    void (*before)(int) = signal(SIGTTOU, SIG_IGN);
    tcsetattr(STDIN_FILENO, TCSANOW, &cooked);
    signal(SIGTTOU, before);
  }
}

static void restore_and_die(int number) {
  restore();
  signal(number, SIG_DFL);
  raise(number);
}

/* Signals that nobody counts but that would end us with the terminal still raw. */
static void restore_on_deadly_signals(void) {
  static const int DEADLY[] = {SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU, SIGVTALRM, SIGPROF};
  for (size_t i = 0; i < sizeof DEADLY / sizeof DEADLY[0]; i++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = restore_and_die;
    sigaction(DEADLY[i], &action, NULL);
  }
}

static void make_raw(void) {
  struct termios mode = cooked;
  cfmakeraw(&mode);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &mode);
}

void terminal_raw(bool on) {
  static bool prepared;
  if (!on) {
    restore();
    return;
  }
  if (raw || !isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &cooked) != 0) {
    return;
  }
  if (!prepared) {
    prepared = true;
    atexit(restore);
    restore_on_deadly_signals();
  }
  raw = 1;
  make_raw();
}

void terminal_resume(void) {
  if (raw) {
    make_raw();
  }
}
