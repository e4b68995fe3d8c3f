"""What scenarios push: answers with page.txt, shows its environment, and misbehaves as mode.txt says."""

import http.server
import json
import os
import pathlib
import signal
import sys
import time

HERE = pathlib.Path(__file__).parent


def read(name, default=""):
    path = HERE / name
    return path.read_text(encoding="utf-8").strip() if path.exists() else default


MODE = read("mode.txt", "serve")
PAGE = read("page.txt")
QUEUE = pathlib.Path(os.environ.get("QUEUE_FOLDER", "/tmp")) / "queue"


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        print(f'GET "{self.path}"', flush=True)
        status, body = 200, PAGE + "\n"
        if MODE == "broken":
            status, body = 500, "broken on purpose\n"
        elif self.path == "/":
            with QUEUE.open("a", encoding="utf-8") as queue:
                queue.write("job\n")
        elif self.path == "/env":
            body = json.dumps(dict(os.environ))
        elif self.path.startswith("/slow/"):
            time.sleep(float(self.path.rsplit("/", 1)[1]))
        data = body.encode("utf-8", "surrogateescape")
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *ignored):
        pass


signal.signal(signal.SIGTERM, lambda signum, frame: os._exit(0))
if MODE == "crash":
    print("this version dies at its start, on purpose", file=sys.stderr, flush=True)
    sys.exit(3)
if MODE == "silent":
    print("this version never opens its port", flush=True)
    while True:
        time.sleep(60)
print("web is ready", flush=True)
Server(("", int(os.environ.get("PORT") or "5000")), Page).serve_forever()
