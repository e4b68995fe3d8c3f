/* The terminal of the caller: its size, and raw mode that never outlives the launcher. */
#ifndef SLIPWAY_TERMINAL_H
#define SLIPWAY_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

struct terminal {
  uint8_t bits; /* 1 standard input, 2 standard output, 4 standard error is a terminal */
  unsigned rows;
  unsigned columns;
};

/* What descriptors 0 to 2 are; rows and columns are 0 without a terminal. */
struct terminal terminal_look(void);

/* Raw mode of standard input on or off; nothing happens if that is no terminal. */
void terminal_raw(bool on);

/* After SIGCONT: the shell may have changed the mode while we were stopped. */
void terminal_resume(void);

#endif
