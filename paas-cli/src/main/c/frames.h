/* Frames of the wire (PROTOCOL.md) and the growing byte buffer that holds them. */
#ifndef SLIPWAY_FRAMES_H
#define SLIPWAY_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_HEADER 5u
#define FRAME_MAX (1024u * 1024u)
#define REQUEST_MAX (16u * 1024u * 1024u)
#define PROTOCOL_VERSION 1

/* The types, grouped by who sends them. */
enum request_frame {
  REQ_HELLO = 'H',
  REQ_ARGUMENT = 'A',
  REQ_ENVIRONMENT = 'E',
  REQ_DIRECTORY = 'D',
  REQ_TERMINAL = 'T',
  REQ_PID = 'P',
  REQ_GO = 'G'
};

enum daemon_frame {
  DO_STDOUT = 'o',
  DO_STDERR = 'e',
  DO_CLOSE = 'c',
  DO_PULL = 'p',
  DO_RAW = 'r',
  DO_EXEC_PART = 'y',
  DO_EXEC = 'x',
  DO_EXIT = 'q'
};

enum launcher_frame {
  TELL_INPUT = 'i',
  TELL_END = 'I',
  TELL_STATUS = 'X',
  TELL_RESIZE = 'w',
  TELL_SIGNAL = 's',
  TELL_LOST = 'k'
};

/* A queue of bytes: written at the end, taken from the start. All zero is an empty one. */
struct bytes {
  uint8_t *data;
  size_t start;
  size_t end;
  size_t capacity;
};

size_t bytes_length(const struct bytes *bytes);
const uint8_t *bytes_first(const struct bytes *bytes);
/* Makes room for count bytes and returns where they go; bytes_added says how many came. */
uint8_t *bytes_room(struct bytes *bytes, size_t count);
void bytes_added(struct bytes *bytes, size_t count);
void bytes_put(struct bytes *bytes, const void *data, size_t count);
void bytes_drop(struct bytes *bytes, size_t count);
void bytes_clear(struct bytes *bytes);
void bytes_free(struct bytes *bytes);

/* Appends a whole frame. */
void frame_put(struct bytes *out, uint8_t type, const void *payload, size_t count);

/* Big-endian numbers. */
void put_u16(uint8_t *to, unsigned value);
void put_u32(uint8_t *to, uint32_t value);
unsigned get_u16(const uint8_t *from);
uint32_t get_u32(const uint8_t *from);

#endif
