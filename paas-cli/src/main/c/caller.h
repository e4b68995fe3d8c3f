/* Who calls, and as whom the launcher goes on: the rules for user ids. */
#ifndef SLIPWAY_CALLER_H
#define SLIPWAY_CALLER_H

#include <stdbool.h>

/*
 * Hands root commands and "daemon" to the one-shot program, which replaces this one; returns for all else.
 * Words end with NULL.
 */
void caller_hand_over(char **words);

/*
 * A socket to the daemon, with this process running as the daemon's user: root drops to it, other users come
 * back through sudo. Ends the launcher with a message where that cannot be had.
 */
int caller_connect(char **words);

/*
 * Whether the words are the daemon's or an administrator's own, not those of somebody whom a forced command or
 * a sudo rule lets run this program: these must never reach the modes that run any program.
 */
bool caller_may_host(void);

#endif
