/* Starting a program and reading how it ended. */
#ifndef SLIPWAY_CHILD_H
#define SLIPWAY_CHILD_H

#include <sys/types.h>

struct program {
  const char *path;
  char **arguments;   /* with argv[0], ends with NULL */
  char **environment; /* ends with NULL */
  const char *directory; /* NULL: stay; one that cannot be entered: "/" */
  int (*prepare)(void *context); /* in the child before exec; not 0: give up with errno; may be NULL */
  void *context;
};

/*
 * Starts it with default signals. Returns once it runs or has failed to: the pid, or -1 with errno.
 * A script without an interpreter line is run by /bin/sh, as a shell would.
 */
pid_t child_start(const struct program *program);

/* Exit code of a wait status; 128 + number for a death by signal. */
int child_status(int status);

#endif
