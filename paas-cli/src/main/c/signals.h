/* Signals as events: handlers only count and wake the poll loop, which then takes the counts. */
#ifndef SLIPWAY_SIGNALS_H
#define SLIPWAY_SIGNALS_H

#include <stdbool.h>

/*
 * Starts counting INT, QUIT, TERM, HUP, CHLD, WINCH and CONT, ignores PIPE, and returns a descriptor that is
 * readable when something was counted. With keep_ignored, INT, QUIT and HUP stay ignored where the caller
 * ignored them (nohup, a shell's background job), here and in the children; otherwise children get defaults.
 */
int signals_open(bool keep_ignored);

/* Empties the descriptor; call it before taking the counts. */
void signals_drain(void);

/* How often the signal came since it was last taken. */
int signals_take(int number);

/* In a child between fork and exec, with all signals blocked: back to what a program expects. */
void signals_reset(void);

#endif
