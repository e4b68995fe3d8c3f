#define _GNU_SOURCE
#include "request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frames.h"
#include "message.h"
#include "terminal.h"

static char *directory;

static void put_text(struct bytes *out, uint8_t type, const char *text) {
  frame_put(out, type, text, strlen(text));
}

static void put_terminal(struct bytes *out) {
  struct terminal terminal = terminal_look();
  uint8_t payload[5] = {terminal.bits};
  put_u16(payload + 1, terminal.rows);
  put_u16(payload + 3, terminal.columns);
  frame_put(out, REQ_TERMINAL, payload, sizeof payload);
}

static void put_call(struct bytes *out, char **words) {
  const uint8_t version = PROTOCOL_VERSION;
  frame_put(out, REQ_HELLO, &version, 1);
  for (char **word = words; *word != NULL; word++) {
    put_text(out, REQ_ARGUMENT, *word);
  }
  for (char **variable = environ; *variable != NULL; variable++) {
    put_text(out, REQ_ENVIRONMENT, *variable);
  }
  put_text(out, REQ_DIRECTORY, request_directory());
  put_terminal(out);
  uint8_t pid[4];
  put_u32(pid, (uint32_t)getpid());
  frame_put(out, REQ_PID, pid, sizeof pid);
  frame_put(out, REQ_GO, NULL, 0);
}

const char *request_directory(void) {
  if (directory == NULL) {
    directory = getcwd(NULL, 0);
  }
  return directory == NULL ? "/" : directory;
}

void request_send(int socket, char **words) {
  struct bytes out = {0};
  put_call(&out, words);
  if (bytes_length(&out) > REQUEST_MAX) {
    fail("Arguments and environment together are more than 16 MiB");
  }
  while (bytes_length(&out) > 0) {
    ssize_t sent = send(socket, bytes_first(&out), bytes_length(&out), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes_drop(&out, (size_t)sent);
    } else if (errno != EINTR) {
      fail("The daemon did not take the request: %s", strerror(errno));
    }
  }
  bytes_free(&out);
}
