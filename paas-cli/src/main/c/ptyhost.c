#define _GNU_SOURCE
#include "ptyhost.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "child.h"
#include "clock.h"
#include "frames.h"
#include "message.h"
#include "signals.h"

#define GRACE_MS 5000
#define CHUNK 65536u
/* Input kept for a program that does not read, so that signals behind it are still heard. */
#define INPUT_MAX (256u * 1024u)

enum awaited { SIGNALS, FRAMES, SCREEN_IN, SCREEN_OUT, OUTPUT, AWAITED };

struct host {
  int signals;
  int master;
  pid_t child;
  bool ended;
  int status;
  bool cut;            /* standard input is over: the client or the daemon has left */
  bool silent;         /* nobody reads the output any more */
  bool drained;        /* the screen has nothing more to say */
  long long deadline;  /* of programs that were told to hang up */
  struct bytes frames; /* from standard input, not looked at yet */
  struct bytes keys;   /* for the program */
  bool mid_line;       /* the program was given part of a line */
  struct bytes screen; /* from the program */
};

/* --- starting ---------------------------------------------------------------------------------------------- */

static unsigned short number(const char *word) {
  char *end;
  unsigned long value = strtoul(word, &end, 10);
  if (*word == '\0' || *end != '\0' || value > 0xffff) {
    fail("%s is no size of a terminal", word);
  }
  return (unsigned short)value;
}

static int open_master(const struct winsize *size) {
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0 ||
      ioctl(master, TIOCSWINSZ, size) != 0 || fcntl(master, F_SETFL, O_NONBLOCK) != 0) {
    fail("Cannot make a terminal: %s", strerror(errno));
  }
  return master;
}

static int own_terminal(void *context) {
  const char *name = ptsname(*(const int *)context);
  if (name == NULL || setsid() < 0) {
    return -1;
  }
  int slave = open(name, O_RDWR);
  if (slave < 0 || ioctl(slave, TIOCSCTTY, 0) != 0) {
    return -1;
  }
  for (int fd = 0; fd <= 2; fd++) {
    if (dup2(slave, fd) < 0) {
      return -1;
    }
  }
  return slave > 2 ? close(slave) : 0;
}

/* --- signals ----------------------------------------------------------------------------------------------- */

/* To the programs in front, as a key would do it. */
static void signal_front(const struct host *h, int signal) {
  pid_t front = tcgetpgrp(h->master);
  kill(front > 0 ? -front : -h->child, signal);
}

static void signal_all(const struct host *h, int signal) {
  signal_front(h, signal);
  if (!h->ended) {
    kill(-h->child, signal);
  }
}

static void hang_up(struct host *h) {
  if (h->deadline == 0) {
    signal_all(h, SIGHUP);
    signal_all(h, SIGCONT); /* a stopped one has to hear it */
    h->deadline = deadline_in(GRACE_MS);
  }
}

static void take_signals(struct host *h) {
  int status;
  signals_drain();
  if (signals_take(SIGTERM) > 0 || signals_take(SIGHUP) > 0) {
    hang_up(h);
  }
  if (signals_take(SIGINT) > 0) {
    signal_front(h, SIGINT);
  }
  if (signals_take(SIGQUIT) > 0) {
    signal_front(h, SIGQUIT);
  }
  if (!h->ended && waitpid(h->child, &status, WNOHANG) == h->child) {
    h->ended = true;
    h->status = child_status(status);
  }
}

/* --- frames from the daemon ------------------------------------------------------------------------------------ */

/* The end of input is a key to a terminal; part of a line takes it twice. A raw one knows no such key. */
static void type_end(struct host *h) {
  struct termios mode;
  if (tcgetattr(h->master, &mode) == 0 && (mode.c_lflag & ICANON) != 0) {
    const uint8_t key[2] = {mode.c_cc[VEOF], mode.c_cc[VEOF]};
    bytes_put(&h->keys, key, h->mid_line ? 2 : 1);
    h->mid_line = false;
  }
}

static void resize(const struct host *h, const uint8_t *payload) {
  struct winsize size = {.ws_row = (unsigned short)get_u16(payload),
                         .ws_col = (unsigned short)get_u16(payload + 2)};
  ioctl(h->master, TIOCSWINSZ, &size);
}

static void obey(struct host *h, uint8_t type, const uint8_t *payload, size_t length) {
  if (type == TELL_INPUT) {
    bytes_put(&h->keys, payload, length);
    if (length > 0) {
      h->mid_line = payload[length - 1] != '\n' && payload[length - 1] != '\r';
    }
  } else if (type == TELL_END && length == 0) {
    type_end(h);
  } else if (type == TELL_RESIZE && length == 4) {
    resize(h, payload);
  } else if (type == TELL_SIGNAL && length == 1 && payload[0] < NSIG) {
    signal_front(h, payload[0]);
  } else {
    complain("The daemon sent something that the terminal does not understand (frame %d)", type);
    hang_up(h);
  }
}

static void take_frames(struct host *h) {
  while (bytes_length(&h->frames) >= FRAME_HEADER) {
    const uint8_t *first = bytes_first(&h->frames);
    size_t length = get_u32(first + 1);
    if (length > FRAME_MAX) {
      complain("The daemon sent a frame of %zu bytes", length);
      h->cut = true;
      hang_up(h);
      return;
    }
    if (bytes_length(&h->frames) < FRAME_HEADER + length) {
      return;
    }
    obey(h, first[0], first + FRAME_HEADER, length);
    bytes_drop(&h->frames, FRAME_HEADER + length);
  }
}

static void hear_frames(struct host *h) {
  ssize_t got = read(STDIN_FILENO, bytes_room(&h->frames, CHUNK), CHUNK);
  if (got > 0) {
    bytes_added(&h->frames, (size_t)got);
    take_frames(h);
  } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
    h->cut = true;
    hang_up(h);
  }
}

/* --- the screen ------------------------------------------------------------------------------------------------- */

static void type_keys(struct host *h) {
  ssize_t written = write(h->master, bytes_first(&h->keys), bytes_length(&h->keys));
  if (written > 0) {
    bytes_drop(&h->keys, (size_t)written);
  } else if (written < 0 && errno != EAGAIN && errno != EINTR) {
    bytes_clear(&h->keys);
  }
}

static void read_screen(struct host *h) {
  ssize_t got = read(h->master, bytes_room(&h->screen, CHUNK), CHUNK);
  if (got > 0) {
    bytes_added(&h->screen, (size_t)got);
  } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
    h->drained = true; /* EIO: no program holds the terminal any more */
  }
  if (h->silent) {
    bytes_clear(&h->screen);
  }
}

static void show_screen(struct host *h) {
  size_t most = bytes_length(&h->screen) < 4096 ? bytes_length(&h->screen) : 4096;
  ssize_t written = write(STDOUT_FILENO, bytes_first(&h->screen), most);
  if (written > 0) {
    bytes_drop(&h->screen, (size_t)written);
  } else if (written < 0 && errno != EAGAIN && errno != EINTR) {
    h->silent = true;
    bytes_clear(&h->screen);
  }
}

/* --- the loop ----------------------------------------------------------------------------------------------------- */

static struct pollfd awaiting(int fd, int events, bool wanted) {
  struct pollfd entry = {.fd = wanted ? fd : -1, .events = (short)events, .revents = 0};
  return entry;
}

static void turn(struct host *h) {
  struct pollfd on[AWAITED];
  on[SIGNALS] = awaiting(h->signals, POLLIN, true);
  on[FRAMES] = awaiting(STDIN_FILENO, POLLIN, !h->cut && bytes_length(&h->keys) < INPUT_MAX);
  on[SCREEN_IN] = awaiting(h->master, POLLOUT, !h->drained && bytes_length(&h->keys) > 0);
  on[SCREEN_OUT] = awaiting(h->master, POLLIN, !h->drained && bytes_length(&h->screen) == 0);
  on[OUTPUT] = awaiting(STDOUT_FILENO, POLLOUT, bytes_length(&h->screen) > 0);
  /* Once the program has ended, only what is there already is still shown. */
  bool last_words = h->ended && bytes_length(&h->screen) == 0;
  int ready = poll(on, AWAITED, last_words ? 0 : deadline_wait(h->deadline, 0));
  take_signals(h);
  if (ready > 0 && on[FRAMES].revents != 0) {
    hear_frames(h);
  }
  if (ready > 0 && on[SCREEN_IN].revents != 0) {
    type_keys(h);
  }
  if (ready > 0 && on[SCREEN_OUT].revents != 0) {
    read_screen(h);
  } else if (ready >= 0 && last_words) {
    h->drained = true;
  }
  if (ready > 0 && on[OUTPUT].revents != 0) {
    show_screen(h);
  }
}

static bool done(const struct host *h) {
  return h->ended && h->drained && bytes_length(&h->screen) == 0;
}

static void start(struct host *h, char **words, const struct winsize *size) {
  h->signals = signals_open(false);
  h->master = open_master(size);
  struct program program = {.path = words[0],
                            .arguments = words,
                            .environment = environ,
                            .prepare = own_terminal,
                            .context = &h->master};
  h->child = child_start(&program);
  if (h->child < 0) {
    complain("Cannot run %s: %s", words[0], strerror(errno));
    exit(STATUS_NOT_EXECUTED);
  }
}

int ptyhost_run(char **words) {
  if (words[0] == NULL || words[1] == NULL || words[2] == NULL || strcmp(words[2], "--") != 0 ||
      words[3] == NULL) {
    fail("Usage: --slipway-pty ROWS COLUMNS -- PATH ARGUMENTS...");
  }
  struct winsize size = {.ws_row = number(words[0]), .ws_col = number(words[1])};
  struct host h = {0};
  start(&h, words + 3, &size);
  while (!done(&h) && !deadline_over(h.deadline)) {
    turn(&h);
  }
  if (!done(&h)) {
    signal_all(&h, SIGKILL);
  }
  bytes_free(&h.frames);
  bytes_free(&h.keys);
  bytes_free(&h.screen);
  return h.ended ? h.status : 128 + SIGKILL;
}
