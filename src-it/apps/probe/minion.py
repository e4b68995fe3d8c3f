"""A worker whose queue is a file: each request of the page is a job. It sees those jobs only in a folder that both share."""

import os
import pathlib
import signal
import time

QUEUE = pathlib.Path(os.environ.get("QUEUE_FOLDER", "/tmp")) / "queue"
signal.signal(signal.SIGTERM, lambda signum, frame: os._exit(0))
print(f"[info] Worker {os.getpid()} started", flush=True)
done = 0
while True:
    jobs = QUEUE.read_text().count("\n") if QUEUE.exists() else 0
    while done < jobs:
        done += 1
        print(f'[info] Performing job "{done}"', flush=True)
    time.sleep(0.5)
