/* What the person at the terminal is told when the launcher itself cannot go on. */
#ifndef SLIPWAY_MESSAGE_H
#define SLIPWAY_MESSAGE_H

/* Exit status when a program could not be executed, as shells have it. */
#define STATUS_NOT_EXECUTED 127

/* Writes one " !     ..." line to standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* As complain, then ends the launcher with status 1 (the terminal is put back by atexit). */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
