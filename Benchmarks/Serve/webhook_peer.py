"""What a Python service does with a customer's text, at its least: Twilio's own check of the signature, and a row that is durable before the answer.

usage: webhook_peer.py DATABASE TOKEN PUBLIC_URL

One process, one event loop, one statement and one commit a request. No conversation, no opt-out, no limits. Its first line is its port."""
import asyncio, sqlite3, sys, time, urllib.parse
from twilio.request_validator import RequestValidator

database, token, public = sys.argv[1:4]
validator = RequestValidator(token)
ledger = sqlite3.connect(database, isolation_level=None)
ledger.execute("PRAGMA journal_mode = WAL")
ledger.execute("PRAGMA synchronous = FULL")
ledger.execute("CREATE TABLE inbound (id INTEGER PRIMARY KEY, provider_id TEXT UNIQUE, sender TEXT, receiver TEXT, body TEXT, received_at INTEGER)")
answer = b'<?xml version="1.0" encoding="UTF-8"?>\n<Response/>\n'


class Connection(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.seen = transport, b""

    def data_received(self, piece):
        self.seen += piece
        while True:
            head, end, body = self.seen.partition(b"\r\n\r\n")
            if not end:
                return
            lines = head.decode("latin-1").split("\r\n")
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            length = int(fields.get("content-length", 0))
            if len(body) < length:
                return
            self.seen = body[length:]
            self.take(lines[0].split(" ")[1], fields, body[:length].decode())

    def take(self, path, fields, body):
        form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        if not validator.validate(public + path, form, fields.get("x-twilio-signature", "")):
            return self.send(b"403 Forbidden", b"Forbidden.\n")
        ledger.execute(
            "INSERT INTO inbound (provider_id, sender, receiver, body, received_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (form["MessageSid"], form["From"], form["To"], form["Body"], int(time.time())))
        self.send(b"200 OK", answer)

    def send(self, status, text):
        self.transport.write(
            b"HTTP/1.1 " + status + b"\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: " + str(len(text)).encode() + b"\r\n\r\n" + text)


async def main():
    server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
