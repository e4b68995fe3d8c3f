#include "frames.h"

#include <stdlib.h>
#include <string.h>

#include "message.h"

size_t bytes_length(const struct bytes *bytes) { return bytes->end - bytes->start; }

const uint8_t *bytes_first(const struct bytes *bytes) { return bytes->data + bytes->start; }

uint8_t *bytes_room(struct bytes *bytes, size_t count) {
  if (bytes->start > 0 && bytes->capacity - bytes->end < count) {
    memmove(bytes->data, bytes->data + bytes->start, bytes_length(bytes));
    bytes->end -= bytes->start;
    bytes->start = 0;
  }
  if (bytes->data == NULL || bytes->capacity - bytes->end < count) {
    size_t capacity = bytes->capacity < 4096 ? 4096 : bytes->capacity * 2;
    if (capacity - bytes->end < count) {
      capacity = bytes->end + count;
    }
    uint8_t *data = realloc(bytes->data, capacity);
    if (data == NULL) {
      fail("Out of memory");
    }
    bytes->data = data;
    bytes->capacity = capacity;
  }
  return bytes->data + bytes->end;
}

void bytes_added(struct bytes *bytes, size_t count) { bytes->end += count; }

void bytes_put(struct bytes *bytes, const void *data, size_t count) {
  if (count > 0) {
    memcpy(bytes_room(bytes, count), data, count);
    bytes_added(bytes, count);
  }
}

void bytes_drop(struct bytes *bytes, size_t count) {
  bytes->start += count;
  if (bytes->start == bytes->end) {
    bytes->start = 0;
    bytes->end = 0;
  }
}

void bytes_clear(struct bytes *bytes) {
  bytes->start = 0;
  bytes->end = 0;
}

void bytes_free(struct bytes *bytes) {
  free(bytes->data);
  memset(bytes, 0, sizeof *bytes);
}

void frame_put(struct bytes *out, uint8_t type, const void *payload, size_t count) {
  if (count > FRAME_MAX) {
    fail("A single argument or variable of more than 1 MiB cannot be passed on");
  }
  uint8_t header[FRAME_HEADER] = {type};
  put_u32(header + 1, (uint32_t)count);
  bytes_put(out, header, sizeof header);
  bytes_put(out, payload, count);
}

void put_u16(uint8_t *to, unsigned value) {
  to[0] = (uint8_t)(value >> 8);
  to[1] = (uint8_t)value;
}

void put_u32(uint8_t *to, uint32_t value) {
  put_u16(to, value >> 16);
  put_u16(to + 2, value & 0xffffu);
}

unsigned get_u16(const uint8_t *from) { return (unsigned)from[0] << 8 | from[1]; }

uint32_t get_u32(const uint8_t *from) {
  return (uint32_t)get_u16(from) << 16 | (uint32_t)get_u16(from + 2);
}
