#!/usr/bin/env python3
"""Answers 200 to every POST on loopback and appends it, as it came, to a file of JSON lines. The first line on stdout is its port,
each further one the path of a request that is in the file.

    receiver.py FILE
"""
import http.server
import json
import os
import sys
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        line = {"path": self.path, "signature": self.headers["X-Twilio-Signature"], "host": self.headers["Host"], "body": body.decode("latin-1")}
        with self.server.lock, open(sys.argv[1], "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
        print(self.path, flush=True)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.lock = threading.Lock()
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
print(server.server_address[1], flush=True)
server.serve_forever()
