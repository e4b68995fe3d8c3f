"""A process without a door: says now and then that it is there."""

import time

while True:
    print("tick", flush=True)
    time.sleep(10)
