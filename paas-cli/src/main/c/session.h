/* Serving the daemon's frames until it says EXIT. */
#ifndef SLIPWAY_SESSION_H
#define SLIPWAY_SESSION_H

/* Runs the call whose request was sent, and returns the exit status of the launcher. */
int session_run(int socket);

#endif
