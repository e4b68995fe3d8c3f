#define _GNU_SOURCE
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "frames.h"
#include "message.h"
#include "order.h"
#include "signals.h"
#include "terminal.h"

#define CHUNK 65536u
/* A pipe with room takes this much without blocking. */
#define SAFE_WRITE 4096u

enum awaited { SIGNALS, DAEMON, OUTPUT, INPUT, AWAITED };

/* One call. Memory is bounded: input is read only when pulled, frames only when earlier output is written. */
struct session {
  int socket;
  int signals;
  struct bytes to_daemon;
  struct bytes from_daemon; /* at most CHUNK bytes not looked at yet */
  bool in_frame;
  uint8_t type;
  uint32_t left;       /* bytes of the frame's payload still to come */
  struct bytes body;   /* payload of a frame that is not output */
  size_t chunk;        /* bytes at the start of from_daemon to be written to chunk_fd */
  int chunk_fd;
  bool lost[3];        /* descriptors that take nothing any more */
  bool failed_output;  /* for another reason than a reader who left */
  uint32_t pull;       /* bytes of input that the daemon waits for; 0: none */
  pid_t child;         /* the EXEC that runs; 0: none */
  bool gone;           /* the daemon takes nothing any more */
  bool resized;
  int seen[NSIG];
  bool over;
  int status;
};

static _Noreturn void lose_daemon(void) {
  terminal_raw(false);
  fail("The Slipway daemon went away before the command was finished");
}

static _Noreturn void refuse_frame(const struct session *s) {
  terminal_raw(false);
  fail("The Slipway daemon sent something that this launcher does not understand (frame %d)", s->type);
}

/* --- to the daemon ------------------------------------------------------------------------------------- */

static void tell(struct session *s, uint8_t type, const void *payload, size_t count) {
  if (!s->gone) {
    frame_put(&s->to_daemon, type, payload, count);
  }
}

static void flush_to_daemon(struct session *s) {
  while (bytes_length(&s->to_daemon) > 0) {
    ssize_t sent = send(s->socket, bytes_first(&s->to_daemon), bytes_length(&s->to_daemon),
                        MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      bytes_drop(&s->to_daemon, (size_t)sent);
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR) {
      s->gone = true; /* what it said before may still be there to be read */
      bytes_clear(&s->to_daemon);
    }
  }
}

static void answer_pull(struct session *s) {
  uint8_t input[CHUNK];
  size_t wanted = s->pull < CHUNK ? s->pull : CHUNK;
  ssize_t got = read(STDIN_FILENO, input, wanted);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  s->pull = 0;
  if (got > 0) {
    tell(s, TELL_INPUT, input, (size_t)got);
  } else {
    tell(s, TELL_END, NULL, 0);
  }
}

static void report_status(struct session *s, int status, const char *text) {
  struct bytes payload = {0};
  uint8_t number[4];
  put_u32(number, (uint32_t)status);
  bytes_put(&payload, number, sizeof number);
  bytes_put(&payload, text, strlen(text));
  tell(s, TELL_STATUS, bytes_first(&payload), bytes_length(&payload));
  bytes_free(&payload);
}

static void tell_size(struct session *s) {
  struct terminal terminal = terminal_look();
  uint8_t payload[4];
  put_u16(payload, terminal.rows);
  put_u16(payload + 2, terminal.columns);
  tell(s, TELL_RESIZE, payload, sizeof payload);
  s->resized = false;
}

/* --- signals and the child -------------------------------------------------------------------------------- */

static void reap(struct session *s) {
  int status;
  if (s->child > 0 && waitpid(s->child, &status, WNOHANG) == s->child) {
    s->child = 0;
    report_status(s, child_status(status), "");
  }
}

static void take_signal(struct session *s, int number, bool to_child) {
  int times = signals_take(number);
  if (times == 0) {
    return;
  }
  if (s->child > 0) {
    if (to_child) {
      kill(s->child, number);
    }
    return;
  }
  if (s->seen[number] + times > 1) { /* the person means it */
    s->over = true;
    s->status = 128 + number;
    return;
  }
  s->seen[number] = 1;
  uint8_t payload = (uint8_t)number;
  tell(s, TELL_SIGNAL, &payload, 1);
}

static void take_signals(struct session *s) {
  signals_drain();
  take_signal(s, SIGINT, false);
  take_signal(s, SIGQUIT, false);
  take_signal(s, SIGTERM, true);
  take_signal(s, SIGHUP, true);
  if (signals_take(SIGCHLD) > 0) {
    reap(s);
  }
  if (signals_take(SIGCONT) > 0) {
    terminal_resume();
    s->resized = true;
  }
  if (signals_take(SIGWINCH) > 0) {
    s->resized = true;
  }
}

/* --- from the daemon ----------------------------------------------------------------------------------------- */

static void lose_output(struct session *s, int fd, int reason) {
  s->lost[fd] = true;
  if (reason != EPIPE) {
    s->failed_output = true;
    complain("Cannot write to standard %s: %s", fd == STDOUT_FILENO ? "output" : "error",
             strerror(reason));
  }
  uint8_t payload = (uint8_t)fd;
  tell(s, TELL_LOST, &payload, 1);
}

static void chunk_done(struct session *s, size_t count) {
  bytes_drop(&s->from_daemon, count);
  s->chunk -= count;
}

static void write_chunk(struct session *s) {
  struct stat kind;
  bool file = fstat(s->chunk_fd, &kind) == 0 && S_ISREG(kind.st_mode);
  size_t most = file || s->chunk < SAFE_WRITE ? s->chunk : SAFE_WRITE;
  ssize_t written = write(s->chunk_fd, bytes_first(&s->from_daemon), most);
  if (written >= 0) {
    chunk_done(s, (size_t)written);
  } else if (errno != EAGAIN && errno != EINTR) {
    lose_output(s, s->chunk_fd, errno);
    chunk_done(s, s->chunk);
  }
}

/* The other end sees the end; the number stays taken, so that no later file gets it. */
static void close_descriptor(int fd) {
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0 || dup2(null, fd) < 0) {
    fail("Cannot close descriptor %d: %s", fd, strerror(errno));
  }
  close(null);
}

static void start_order(struct session *s) {
  pid_t pid = order_start(&s->body);
  if (pid == -2) {
    refuse_frame(s);
  } else if (pid < 0) {
    report_status(s, STATUS_NOT_EXECUTED, strerror(errno));
  } else {
    s->child = pid;
  }
  bytes_free(&s->body);
}

/* Obeys a frame whose payload is complete. */
static void obey(struct session *s) {
  const uint8_t *payload = bytes_first(&s->body);
  size_t length = bytes_length(&s->body);
  if (s->type == DO_EXEC_PART) {
    return; /* stays in the body, which the closing frame completes */
  } else if (s->type == DO_EXEC) {
    start_order(s);
  } else if (s->type == DO_PULL && length == 4 && s->pull == 0 && get_u32(payload) > 0) {
    s->pull = get_u32(payload);
  } else if (s->type == DO_CLOSE && length == 1 && payload[0] <= 2) {
    close_descriptor(payload[0]);
  } else if (s->type == DO_RAW && length == 1 && payload[0] <= 1) {
    terminal_raw(payload[0] == 1);
  } else if (s->type == DO_EXIT && length == 4) {
    s->over = true;
    s->status = (int)(get_u32(payload) & 0xffu);
  } else {
    refuse_frame(s);
  }
  bytes_clear(&s->body);
}

static bool begin_frame(struct session *s) {
  if (bytes_length(&s->from_daemon) < FRAME_HEADER) {
    return false;
  }
  s->type = bytes_first(&s->from_daemon)[0];
  s->left = get_u32(bytes_first(&s->from_daemon) + 1);
  bytes_drop(&s->from_daemon, FRAME_HEADER);
  bool unfinished = bytes_length(&s->body) > 0 && s->type != DO_EXEC && s->type != DO_EXEC_PART;
  if (s->left > FRAME_MAX || unfinished || bytes_length(&s->body) + s->left > REQUEST_MAX) {
    refuse_frame(s);
  }
  s->in_frame = true;
  return true;
}

static void take_output(struct session *s, int fd, size_t here) {
  s->left -= (uint32_t)here;
  s->chunk = here;
  s->chunk_fd = fd;
  if (s->lost[fd]) {
    chunk_done(s, here);
  }
}

/* Takes the part of the current payload that has come; false if more has to be read first. */
static bool advance_frame(struct session *s) {
  size_t here = bytes_length(&s->from_daemon);
  here = here < s->left ? here : s->left;
  if (s->type == DO_STDOUT || s->type == DO_STDERR) {
    take_output(s, s->type == DO_STDOUT ? STDOUT_FILENO : STDERR_FILENO, here);
    s->in_frame = s->left > 0;
    return here > 0 || s->left == 0;
  }
  bytes_put(&s->body, bytes_first(&s->from_daemon), here);
  bytes_drop(&s->from_daemon, here);
  s->left -= (uint32_t)here;
  if (s->left > 0) {
    return false;
  }
  s->in_frame = false;
  obey(s);
  return true;
}

/* Frames wait while output is not written or a program runs: that keeps the order of their effects. */
static bool may_advance(const struct session *s) {
  return !s->over && s->chunk == 0 && s->child == 0;
}

static void advance(struct session *s) {
  bool more = true;
  while (more && may_advance(s)) {
    more = s->in_frame ? advance_frame(s) : begin_frame(s);
  }
}

static void hear_daemon(struct session *s) {
  uint8_t *room = bytes_room(&s->from_daemon, CHUNK - bytes_length(&s->from_daemon));
  ssize_t got =
      recv(s->socket, room, CHUNK - bytes_length(&s->from_daemon), MSG_DONTWAIT);
  if (got > 0) {
    bytes_added(&s->from_daemon, (size_t)got);
  } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
    lose_daemon();
  }
}

/* --- the loop -------------------------------------------------------------------------------------------------- */

static struct pollfd awaiting(int fd, int events) {
  struct pollfd entry = {.fd = events == 0 ? -1 : fd, .events = (short)events, .revents = 0};
  return entry;
}

static void await(struct session *s, struct pollfd *on) {
  int daemon = may_advance(s) ? POLLIN : 0;
  if (bytes_length(&s->to_daemon) > 0) {
    daemon |= POLLOUT;
  }
  bool wants_input = s->pull > 0 && s->child == 0 && bytes_length(&s->to_daemon) == 0;
  on[SIGNALS] = awaiting(s->signals, POLLIN);
  on[DAEMON] = awaiting(s->socket, daemon);
  on[OUTPUT] = awaiting(s->chunk_fd, s->chunk > 0 ? POLLOUT : 0);
  on[INPUT] = awaiting(STDIN_FILENO, wants_input ? POLLIN : 0);
  if (poll(on, AWAITED, -1) < 0) {
    if (errno != EINTR) {
      fail("Cannot wait for the daemon: %s", strerror(errno));
    }
    for (int i = 0; i < AWAITED; i++) {
      on[i].revents = 0;
    }
  }
}

static void turn(struct session *s) {
  struct pollfd on[AWAITED];
  await(s, on);
  take_signals(s);
  if (on[OUTPUT].revents != 0) {
    write_chunk(s);
  }
  if (on[INPUT].revents != 0 && s->child == 0) {
    answer_pull(s);
  }
  bool asked = (on[DAEMON].events & POLLIN) != 0;
  if (asked && (on[DAEMON].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && may_advance(s)) {
    hear_daemon(s);
  }
  advance(s);
  if (s->resized && bytes_length(&s->to_daemon) == 0) {
    tell_size(s);
  }
  flush_to_daemon(s);
}

int session_run(int socket) {
  struct session s = {0};
  s.socket = socket;
  s.signals = signals_open(true);
  while (!s.over) {
    turn(&s);
  }
  terminal_raw(false);
  bytes_free(&s.to_daemon);
  bytes_free(&s.from_daemon);
  bytes_free(&s.body);
  return s.status == 0 && s.failed_output ? EXIT_FAILURE : s.status;
}
