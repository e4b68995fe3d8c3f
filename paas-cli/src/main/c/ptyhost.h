/* The pty host: runs a program on a pseudo terminal for the daemon. */
#ifndef SLIPWAY_PTYHOST_H
#define SLIPWAY_PTYHOST_H

/* Words: ROWS COLUMNS -- PATH ARGUMENTS... Returns the exit status of the program. */
int ptyhost_run(char **words);

#endif
