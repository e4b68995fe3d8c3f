/* Deadlines, in milliseconds of the monotonic clock; 0 means none. */
#ifndef SLIPWAY_CLOCK_H
#define SLIPWAY_CLOCK_H

#include <stdbool.h>

long long deadline_in(long long milliseconds);
bool deadline_over(long long deadline);
/* A time-out for poll: -1 without a deadline, never more than most when that is positive. */
int deadline_wait(long long deadline, int most);

#endif
