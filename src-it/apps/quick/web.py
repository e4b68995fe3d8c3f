"""Listens as soon as Python runs, with nothing but a socket; answers with the version and a word of its own."""

import os
import signal
import socket

signal.signal(signal.SIGTERM, lambda signum, frame: os._exit(0))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "version.txt")) as file:
    BODY = (file.read().strip() + " " + os.urandom(8).hex() + "\n").encode()
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"
    b"Content-Length: " + str(len(BODY)).encode() + b"\r\n\r\n" + BODY
)

server = socket.create_server(("", int(os.environ.get("PORT") or "5000")), backlog=512)
while True:
    client, _ = server.accept()
    try:
        client.settimeout(5)
        request = b""
        while b"\r\n\r\n" not in request:
            more = client.recv(4096)
            if not more:
                break
            request += more
        client.sendall(ANSWER)
    except OSError:
        pass  # a client that went away
    finally:
        client.close()
