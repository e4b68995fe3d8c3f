"""Prints a line every few seconds, until it is told to stop."""

import itertools
import os
import signal
import time


def stop(signum, frame):
    print("worker: told to stop", flush=True)
    os._exit(0)


signal.signal(signal.SIGTERM, stop)
for count in itertools.count(1):
    print(f"worker: round {count}", flush=True)
    time.sleep(5)
