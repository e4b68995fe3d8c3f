/* An EXEC order of the daemon, decoded. */
#ifndef SLIPWAY_ORDER_H
#define SLIPWAY_ORDER_H

#include "child.h"
#include "frames.h"

/* Starts what the payload orders: the pid, -1 with errno if it cannot be run, -2 if the payload is malformed. */
pid_t order_start(const struct bytes *payload);

#endif
