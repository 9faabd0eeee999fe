"""Posts signed texts from customers at a given concurrency, each with a MessageSid of its own, over connections that stay open.

usage: load.py PORT TOKEN PUBLIC_URL COUNT CONCURRENCY SEED

What is posted is signed beforehand, so that while the clock runs nothing but sending and reading is done. Prints one line of JSON: requests a
second, median and p99 in milliseconds. An answer other than 200 ends it."""
import asyncio, base64, hashlib, hmac, json, sys, time, urllib.parse

port, token, public, count, concurrency, seed = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]), sys.argv[6]
path = "/hooks/twilio/inbound"


def request(number):
    sid = "SM" + hashlib.sha256(f"{seed} {number}".encode()).hexdigest()[:32]
    form = {
        "ToCountry": "US", "ToState": "IL", "SmsMessageSid": sid, "NumMedia": "0", "ToCity": "", "FromZip": "", "SmsSid": sid, "FromState": "IL",
        "SmsStatus": "received", "FromCity": "", "Body": f"Thanks, could you do Tuesday at {number}?", "FromCountry": "US", "To": "+12175550100",
        "ToZip": "", "NumSegments": "1", "MessageSid": sid, "AccountSid": "AC" + "0" * 32, "From": f"+1217{2000000 + number % 7000000}",
        "ApiVersion": "2010-04-01"}
    signed = public + path + "".join(name + form[name] for name in sorted(form))
    signature = base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    body = urllib.parse.urlencode(form).encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: {public.split('//')[1]}\r\nContent-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
        f"Content-Length: {len(body)}\r\nX-Twilio-Signature: {signature}\r\nI-Twilio-Idempotency-Token: {sid}\r\nUser-Agent: TwilioProxy/1.1\r\n\r\n"
    ).encode() + body


class Connection(asyncio.Protocol):
    def __init__(self, waiting, taken, done):
        self.waiting, self.taken, self.done, self.seen = waiting, taken, done, b""

    def connection_made(self, transport):
        self.transport = transport
        self.next()

    def next(self):
        if not self.waiting:
            self.transport.close()
            return
        self.begun = time.perf_counter()
        self.transport.write(self.waiting.pop())

    def data_received(self, piece):
        self.seen += piece
        head, end, body = self.seen.partition(b"\r\n\r\n")
        if not end:
            return
        length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
        if len(body) < length:
            return
        if b" 200 " not in head[:16]:
            self.done.set_exception(RuntimeError(self.seen.decode("latin-1")))
            return
        self.seen = b""
        self.taken.append(time.perf_counter() - self.begun)
        if len(self.taken) == count:
            self.done.set_result(None)
        self.next()


async def main():
    waiting = [request(number) for number in range(count)]
    taken, loop = [], asyncio.get_running_loop()
    done = loop.create_future()
    begun = time.perf_counter()
    for _ in range(concurrency):
        await loop.create_connection(lambda: Connection(waiting, taken, done), "127.0.0.1", port)
    await done
    seconds = time.perf_counter() - begun
    taken.sort()
    print(json.dumps({"rate": count / seconds, "median": taken[len(taken) // 2] * 1000, "p99": taken[len(taken) * 99 // 100] * 1000}))


asyncio.run(main())
