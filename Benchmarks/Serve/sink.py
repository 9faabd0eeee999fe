"""A provider that takes every text as fast as Python can: Twilio-shaped JSON, nothing kept, one process and one event loop.

usage: sink.py COUNT [CERTIFICATE KEY]

Its first line is its port. At its first text it says "first", at its last one (COUNT of them) "last" and the seconds between the two.
With a certificate and its key, files in PEM, it speaks TLS."""
import asyncio, ssl, sys, time

count, taken, begun = int(sys.argv[1]), 0, 0.0
listing = b'{"messages": [], "next_page_uri": null, "page": 0, "page_size": 500}'
account = "AC" + "0" * 32


class Connection(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.seen = transport, b""

    def data_received(self, piece):
        self.seen += piece
        head, end, body = self.seen.partition(b"\r\n\r\n")
        if not end:
            return
        length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
        if len(body) < length:
            return
        self.answer(head)

    def answer(self, head):
        global taken, begun
        if not head.startswith(b"POST"):
            return self.send(b"200 OK", listing)
        taken += 1
        if taken == 1:
            begun = time.monotonic()
            print("first", flush=True)
        sid = f"SM{taken:032x}"
        self.send(b"201 CREATED", (
            f'{{"account_sid": "{account}", "api_version": "2010-04-01", "direction": "outbound-api", "error_code": null, "error_message": null, '
            f'"num_segments": "1", "sid": "{sid}", "status": "queued", "uri": "/2010-04-01/Accounts/{account}/Messages/{sid}.json"}}').encode())
        if taken == count:
            print(f"last {time.monotonic() - begun}", flush=True)

    def send(self, status, text):
        self.transport.write(
            b"HTTP/1.1 " + status + b"\r\nContent-Type: application/json\r\nContent-Length: " + str(len(text)).encode() + b"\r\nConnection: close\r\n\r\n" + text)
        self.transport.close()


async def main():
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*sys.argv[2:4])
    server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", 0, backlog=1024, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
