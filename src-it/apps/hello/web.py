"""Answers every GET with the text of greeting.txt and the name of its container."""

import http.server
import os
import pathlib
import signal
import socket

GREETING = pathlib.Path(__file__).with_name("greeting.txt").read_text(encoding="utf-8").strip()


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = f"{GREETING}\nserved by {socket.gethostname()}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def stop(signum, frame):
    print("web: told to stop", flush=True)
    os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    port = int(os.environ.get("PORT", "5000"))
    print(f"web: listening on port {port}", flush=True)
    Server(("", port), Page).serve_forever()
