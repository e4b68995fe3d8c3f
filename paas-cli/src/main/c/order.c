#include "order.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "request.h"

struct cursor {
  const uint8_t *at;
  size_t left;
  bool broken;
};

static uint32_t take_u32(struct cursor *cursor) {
  if (cursor->left < 4) {
    cursor->broken = true;
    return 0;
  }
  uint32_t value = get_u32(cursor->at);
  cursor->at += 4;
  cursor->left -= 4;
  return value;
}

static const char *take_text(struct cursor *cursor) {
  const uint8_t *end = cursor->left == 0 ? NULL : memchr(cursor->at, 0, cursor->left);
  if (end == NULL) {
    cursor->broken = true;
    return "";
  }
  const char *text = (const char *)cursor->at;
  cursor->left -= (size_t)(end - cursor->at) + 1;
  cursor->at = end + 1;
  return text;
}

/* A count and so many texts, as a list that ends with NULL; to be freed, the texts not. */
static char **take_list(struct cursor *cursor) {
  size_t count = take_u32(cursor);
  if (count > cursor->left) { /* each text takes a byte at least */
    cursor->broken = true;
    count = 0;
  }
  char **list = calloc(count + 1, sizeof *list);
  if (list == NULL) {
    fail("Out of memory");
  }
  for (size_t i = 0; i < count; i++) {
    list[i] = (char *)(uintptr_t)take_text(cursor); /* exec does not write to them */
  }
  return list;
}

static pid_t start(const struct program *program) {
  if (strchr(program->path, '/') == NULL) { /* never looked for in the caller's PATH */
    errno = ENOENT;
    return -1;
  }
  return child_start(program);
}

pid_t order_start(const struct bytes *payload) {
  struct cursor cursor = {bytes_first(payload), bytes_length(payload), false};
  struct program program = {0};
  program.arguments = take_list(&cursor);
  program.environment = take_list(&cursor);
  program.path = take_text(&cursor);
  program.directory = take_text(&cursor);
  if (strcmp(program.directory, request_directory()) == 0) {
    program.directory = NULL; /* already there, even where its path cannot be walked any more */
  }
  bool wrong = cursor.broken || cursor.left > 0 || program.arguments[0] == NULL;
  pid_t pid = wrong ? -2 : start(&program);
  int reason = errno;
  free(program.arguments);
  free(program.environment);
  errno = reason;
  return pid;
}
