/* The request: everything the daemon needs to know about a call. */
#ifndef SLIPWAY_REQUEST_H
#define SLIPWAY_REQUEST_H

/* Sends words, environment, directory and terminal state over the (blocking) socket. */
void request_send(int socket, char **words);

/* The working directory that was sent. */
const char *request_directory(void);

#endif
