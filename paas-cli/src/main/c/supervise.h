/* The supervisor: runs a program that must not outlive the daemon. */
#ifndef SLIPWAY_SUPERVISE_H
#define SLIPWAY_SUPERVISE_H

/* Words: -- PATH ARGUMENTS... Returns the exit status of the program. */
int supervise_run(char **words);

#endif
