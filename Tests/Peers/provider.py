#!/usr/bin/env python3
"""Twilio's Messages API on loopback, with a ledger of its own: a double for tests and crash tests.

It shares no code with the product: form decoding, signing and the shapes of answers are written from Twilio's documentation, and Twilio's
own Python client works against it. Python's standard library only.

    provider.py --ledger FILE [options]        the first line on stdout is its port

The ledger is a file of JSON lines, appended and fsynced before an answer goes out: "connect" (a connection's first request), "accept" (a text
that Twilio now has), "refuse", "callback" and "inbound" (what was posted to the product, and what it answered). A provider started on an
old ledger still has its texts.

Numbers that mean something, as To:
    +150099CCCCC   refused with Twilio's error CCCCC
    +150088CCCCC   accepted, later undelivered with error CCCCC
    +150077CCCCC   accepted, later failed with error CCCCC
    any other      accepted, later delivered

Faults, one a POST: from --fault (in order), POST /control/faults {"next": [...]} (with "rate", --fault-rate from now on), or drawn with
--seed and --fault-rate:
    429 500 503            refused by status, the text not taken (429 with Retry-After 7)
    500-after-accept 503-after-accept
    reset-before-accept    the connection is reset, the text not taken
    reset-after-accept     the same, the text taken
    half-open              taken, and never answered; the connection stays open until the provider ends
    stall                  half of the answer's head, then nothing
    truncated              the answer's JSON ends early, with a Content-Length that fits
    short                  fewer bytes than Content-Length says, then closed
    no-sid                 201 with JSON that lacks the sid
    html-403 html-401 html-404 html-408 redirect
                           not Twilio's JSON, the text not taken
A fault followed by "@list" is for the next GET of the list instead: 500@list, truncated@list, reset-before-accept@list, half-open@list.

Control, for tests (JSON in and out): POST /control/faults, POST /control/callbacks {"sid", "statuses": [...], "error_code", "copies",
"shuffle": seed}, POST /control/inbound {"url", "from", "to", "body", "copies"}, POST /control/standing {"sid", "status", "error_code"} (as if
it had become so unnoticed), GET /control/ledger.
"""
import argparse
import base64
import hashlib
import http.client
import http.server
import json
import os
import random
import re
import socket
import ssl
import struct
import sys
import threading
import time
import urllib.parse
from email.utils import formatdate

MESSAGES = {
    20003: (401, "Authenticate"), 20429: (429, "Too Many Requests"), 21211: (400, "The 'To' number is not a valid phone number."),
    21610: (400, "Attempt to send to unsubscribed recipient"), 21614: (400, "'To' number is not a valid mobile number"),
    21635: (400, "'To' number cannot be a landline"), 30002: (403, "Account suspended"), 30034: (400, "Message from an unregistered number"),
}


def sign(token, url, pairs):
    """HMAC-SHA1 by hand (RFC 2104), so that a fault in a library both sides use would show."""
    text = url
    for name in sorted({name for name, _ in pairs}):
        for value in sorted({value for other, value in pairs if other == name}):
            text += name + value
    key = token.encode()
    key = hashlib.sha1(key).digest() if len(key) > 64 else key
    key = key.ljust(64, b"\0")
    inner = hashlib.sha1(bytes(b ^ 0x36 for b in key) + text.encode()).digest()
    return base64.b64encode(hashlib.sha1(bytes(b ^ 0x5C for b in key) + inner).digest()).decode()


class Provider:
    def __init__(self, options):
        self.options = options
        self.lock = threading.RLock()
        self.random = random.Random(options.seed)
        self.faults = list(options.fault)
        self.messages = []
        self.connections = 0
        self.serial = 0
        if os.path.exists(options.ledger):
            self.recall()
        self.ledger = os.open(options.ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def now(self):
        """The time, moved by what --clock says, so that product and provider live on the same day when a test plays weeks."""
        if not self.options.clock:
            return time.time()
        with open(self.options.clock, encoding="utf-8") as offset:
            return time.time() + float(offset.read())

    def recall(self):
        """Reads the ledger of an earlier run; a last line that a crash cut is the only one that may be broken."""
        with open(self.options.ledger, encoding="utf-8") as lines:
            for line in lines.read().split("\n"):
                if not line.endswith("}"):
                    continue
                entry = json.loads(line)
                self.connections = max(self.connections, entry.get("connection") or 0)
                if entry["kind"] == "accept":
                    self.messages.append(entry)
                    self.serial += 1

    def write(self, **entry):
        with self.lock:
            entry["at"] = self.now()
            entry["real_at"] = time.time()
            os.write(self.ledger, (json.dumps(entry, sort_keys=True) + "\n").encode())
            os.fsync(self.ledger)
        return entry

    def fault(self, key="", listing=False):
        """The fault of this request, or None. A drawn one depends on the seed and the request alone, in whatever order requests come."""
        with self.lock:
            for place, name in enumerate(self.faults):
                if name.endswith("@list") == listing:
                    del self.faults[place]
                    name = name.removesuffix("@list")
                    return None if name == "none" else name
        drawn = random.Random(f"{self.options.seed}:{key}")
        if not listing and drawn.random() < self.options.fault_rate:
            return drawn.choice(self.options.fault_kinds.split(","))
        return None

    def accept(self, form, connection):
        with self.lock:
            self.serial += 1
            mark = hashlib.sha256(f"{self.options.ledger}:{self.serial}:{time.time_ns()}".encode()).hexdigest()[:32]
            entry = self.write(
                kind="accept", sid="SM" + mark, to=form.get("To"), body=form.get("Body", ""), connection=connection,
                **{"from": form.get("From"), "messaging_service_sid": form.get("MessagingServiceSid"),
                   "status_callback": form.get("StatusCallback"), "validity_period": form.get("ValidityPeriod"), "form": form})
            self.messages.append(entry)
            entry["status"] = "accepted" if form.get("MessagingServiceSid") else "queued"
            entry["error_code"] = None
        if self.options.callbacks and entry["status_callback"]:
            threading.Thread(target=self.deliver, args=(entry,), daemon=True).start()
        return entry

    def ending(self, to):
        match = re.fullmatch(r"\+1500(88|77)(\d{5})", to or "")
        if not match:
            return "delivered", None
        return ("undelivered" if match[1] == "88" else "failed"), int(match[2])

    def deliver(self, entry):
        time.sleep(self.options.callback_delay)
        ending, code = self.ending(entry["to"])
        statuses = ["failed"] if ending == "failed" else ["sent", ending]
        statuses = statuses * self.options.callback_copies
        if self.options.callback_shuffle:
            with self.lock:
                self.random.shuffle(statuses)
        self.call_back(entry, statuses, code)

    def call_back(self, entry, statuses, code):
        answers = []
        for status in statuses:
            failing = status in ("failed", "undelivered")
            with self.lock:
                if entry.get("status") not in ("delivered", "undelivered", "failed", "read"):
                    entry["status"] = status
                    entry["error_code"] = code if failing else None
            pairs = [
                ("SmsSid", entry["sid"]), ("SmsStatus", status), ("MessageStatus", status), ("To", entry["to"]),
                ("MessageSid", entry["sid"]), ("AccountSid", self.options.account), ("From", entry.get("from") or "+15005550006"),
                ("ApiVersion", "2010-04-01")]
            if entry.get("messaging_service_sid"):
                pairs.append(("MessagingServiceSid", entry["messaging_service_sid"]))
            if failing and code:
                pairs.append(("ErrorCode", str(code)))
            answers.append(self.post("callback", entry["status_callback"], pairs, entry["sid"], status))
        return answers

    def post(self, kind, url, pairs, sid, status=None):
        """Posts a signed webhook to the product; Twilio signs the public address, whatever machine that leads to."""
        parts = urllib.parse.urlsplit(url)
        reach = urllib.parse.urlsplit(self.options.deliver_to) if self.options.deliver_to else parts
        connection = http.client.HTTPConnection(reach.hostname, reach.port or 80, timeout=10)
        path = parts.path + ("?" + parts.query if parts.query else "")
        try:
            connection.request("POST", path, urllib.parse.urlencode(pairs), {
                "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8", "Host": parts.netloc,
                "X-Twilio-Signature": sign(self.options.token, url, pairs), "I-Twilio-Idempotency-Token": sid, "User-Agent": "TwilioProxy/1.1"})
            answer = connection.getresponse()
            answer.read()
            outcome = answer.status
        except (OSError, http.client.HTTPException) as error:
            outcome = 0
            print(f"{kind}: {type(error).__name__}", file=sys.stderr)
        finally:
            connection.close()
        self.write(kind=kind, sid=sid, status=status, url=url, http=outcome)
        return outcome

    def standing(self, entry, fresh=False):
        """The status and when it was sent: a text waits for --send-delay before it has a date_sent, by which the list is filtered."""
        status = entry.get("status", "queued")
        if status in ("accepted", "queued") and not fresh and self.now() >= entry["at"] + self.options.send_delay:
            status = "sent"
        return status, None if status in ("accepted", "queued", "scheduled") else entry["at"]

    def resource(self, entry, fresh=False):
        """One message as Twilio shows it; fresh is the answer to its POST."""
        stamp = formatdate(entry["at"], usegmt=False).replace("-0000", "+0000")
        status, sent = self.standing(entry, fresh)
        path = f"/2010-04-01/Accounts/{self.options.account}/Messages/{entry['sid']}"
        return {
            "account_sid": self.options.account, "api_version": "2010-04-01", "body": entry["body"], "date_created": stamp,
            "date_sent": stamp if sent else None,
            "date_updated": stamp, "direction": entry.get("direction", "outbound-api"), "error_code": entry.get("error_code"), "error_message": None,
            "from": entry.get("from"), "messaging_service_sid": entry.get("messaging_service_sid"), "num_media": "0",
            "num_segments": "1" if entry.get("from") else "0", "price": None, "price_unit": "USD", "sid": entry["sid"], "status": status,
            "subresource_uris": {"media": path + "/Media.json"}, "to": entry["to"], "uri": path + ".json"}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Double/1"

    def setup(self):
        super().setup()
        self.connection_number = None

    def log_message(self, *_):
        pass

    # Requests

    def do_POST(self):
        provider = self.server.provider
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:
            return self.reset()
        if self.path.startswith("/control/"):
            return self.control(json.loads(body or b"{}"))
        self.count()
        if not self.authorized():
            return self.refuse(20003)
        if urllib.parse.urlsplit(self.path).path != self.list_path():
            return self.answer(404, {"code": 20404, "message": "The requested resource was not found", "more_info": "", "status": 404})
        form = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))
        if not form.get("To"):
            return self.refuse(21604)
        if not (form.get("From") or form.get("MessagingServiceSid")):
            return self.refuse(21603)
        if not form.get("Body"):
            return self.refuse(21602)
        if form.get("ValidityPeriod") and not 1 <= int(form["ValidityPeriod"]) <= 36000:
            return self.refuse(21624)
        magic = re.fullmatch(r"\+150099(\d{5})", form["To"])
        fault = provider.fault(form.get("StatusCallback") or form["To"] + form["Body"])
        if fault in ("429", "500", "503"):
            provider.write(kind="refuse", http=int(fault), to=form["To"], connection=self.connection_number)
            headers = {"Retry-After": "7"} if fault == "429" else {}
            code = {"429": 20429, "500": 20500, "503": 20503}[fault]
            return self.answer(int(fault), {"code": code, "message": "fault", "more_info": "", "status": int(fault)}, headers)
        if fault == "reset-before-accept":
            return self.reset()
        if fault and fault.startswith("html-"):
            return self.page(int(fault[5:]))
        if fault == "redirect":
            return self.page(307, {"Location": self.path})
        if magic:
            provider.write(kind="refuse", code=int(magic[1]), to=form["To"], connection=self.connection_number)
            return self.refuse(int(magic[1]))
        entry = provider.accept(form, self.connection_number)
        if fault == "reset-after-accept":
            return self.reset()
        if fault == "half-open":
            return self.hang()
        if fault == "stall":
            self.wfile.write(b"HTTP/1.1 201 CREATED\r\nContent-Ty")
            return self.hang()
        if fault in ("500-after-accept", "503-after-accept"):
            return self.answer(int(fault[:3]), {"code": 20500, "message": "fault", "more_info": "", "status": int(fault[:3])})
        resource = provider.resource(entry, fresh=True)
        if fault == "no-sid":
            del resource["sid"]
        text = json.dumps(resource).encode()
        if fault == "truncated":
            return self.send(201, text[:len(text) // 2])
        if fault == "short":
            self.send(201, text[:len(text) // 2], length=len(text))
            return self.reset(gently=True)
        self.send(201, text)

    def do_GET(self):
        provider = self.server.provider
        if self.path == "/control/ledger":
            with open(provider.options.ledger, encoding="utf-8") as lines:
                return self.answer(200, {"entries": [json.loads(line) for line in lines]})
        self.count()
        if not self.authorized():
            return self.refuse(20003)
        parts = urllib.parse.urlsplit(self.path)
        if parts.path == self.list_path():
            return self.list(dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True)))
        single = re.fullmatch(self.list_path()[:-5] + r"/(SM[0-9a-f]{32})\.json", parts.path)
        with provider.lock:
            for entry in provider.messages:
                if single and entry["sid"] == single[1]:
                    return self.answer(200, provider.resource(entry))
        self.answer(404, {"code": 20404, "message": "The requested resource was not found", "more_info": "", "status": 404})

    def list(self, query):
        provider = self.server.provider
        fault = provider.fault(listing=True)
        if fault and fault.isdigit():
            return self.answer(int(fault), {"code": 20500, "message": "fault", "more_info": "", "status": int(fault)})
        if fault == "reset-before-accept":
            return self.reset()
        if fault == "half-open":
            return self.hang()
        size = max(1, min(int(query.get("PageSize", 50)), provider.options.page_size))
        page = int(query.get("Page", 0))
        with provider.lock:
            found = [provider.resource(entry) for entry in reversed(provider.messages) if self.matches(entry, query)]
        part = found[page * size:(page + 1) * size]
        keep = {name: value for name, value in query.items() if name not in ("Page", "PageSize", "PageToken")}

        def address(number):
            return self.list_path() + "?" + urllib.parse.urlencode({**keep, "PageSize": size, "Page": number, "PageToken": f"PASM{number}"})
        last = (page + 1) * size >= len(found)
        next_uri = None if last else address(page + 1)
        if provider.options.next_page and not last:
            next_uri = provider.options.next_page
        text = json.dumps({
            "end": page * size + max(0, len(part) - 1), "first_page_uri": address(0), "messages": part, "next_page_uri": next_uri,
            "page": page, "page_size": size, "previous_page_uri": address(page - 1) if page else None, "start": page * size,
            "uri": address(page)}).encode()
        self.send(200, text[:len(text) // 2] if fault == "truncated" else text)

    def matches(self, entry, query):
        sent = self.server.provider.standing(entry)[1]
        if sent is None and any(name.startswith("DateSent") for name in query):
            return False
        day = time.strftime("%Y-%m-%d", time.gmtime(sent or 0))
        return (query.get("To") in (None, entry["to"]) and query.get("From") in (None, entry.get("from"))
                and ("DateSent>" not in query or day >= query["DateSent>"][:10])
                and ("DateSent<" not in query or day <= query["DateSent<"][:10])
                and ("DateSent" not in query or day == query["DateSent"][:10]))

    def control(self, told):
        provider = self.server.provider
        name = self.path.removeprefix("/control/")
        if name == "faults":
            with provider.lock:
                if told.get("clear"):
                    provider.faults.clear()
                provider.faults.extend(told.get("next", []))
                provider.options.fault_rate = told.get("rate", provider.options.fault_rate)
            return self.answer(200, {})
        if name == "standing":
            with provider.lock:
                for entry in provider.messages:
                    if entry["sid"] == told["sid"]:
                        entry.update(status=told["status"], error_code=told.get("error_code") or None)
            return self.answer(200, {})
        if name == "callbacks":
            with provider.lock:
                entry = next(entry for entry in provider.messages if entry["sid"] == told["sid"])
            statuses = list(told["statuses"]) * told.get("copies", 1)
            if "shuffle" in told:
                random.Random(told["shuffle"]).shuffle(statuses)
            return self.answer(200, {"answers": provider.call_back(entry, statuses, told.get("error_code"))})
        if name == "inbound":
            sid = "SM" + hashlib.sha256(f"{told['from']}:{told['body']}:{time.time_ns()}".encode()).hexdigest()[:32]
            pairs = [
                ("ToCountry", "US"), ("ToState", ""), ("SmsMessageSid", sid), ("NumMedia", "0"), ("ToCity", ""), ("FromZip", ""),
                ("SmsSid", sid), ("FromState", ""), ("SmsStatus", "received"), ("FromCity", ""), ("Body", told["body"]),
                ("FromCountry", "US"), ("To", told["to"]), ("ToZip", ""), ("NumSegments", "1"), ("MessageSid", sid),
                ("AccountSid", provider.options.account), ("From", told["from"]), ("ApiVersion", "2010-04-01")]
            with provider.lock:
                provider.messages.append({
                    "sid": sid, "from": told["from"], "to": told["to"], "body": told["body"], "at": provider.now(), "status": "received",
                    "direction": "inbound"})
            answers = [provider.post("inbound", told["url"], pairs, sid) for _ in range(told.get("copies", 1))]
            return self.answer(200, {"sid": sid, "answers": answers})
        self.answer(404, {})

    # Answers

    def list_path(self):
        return f"/2010-04-01/Accounts/{self.server.provider.options.account}/Messages.json"

    def authorized(self):
        options = self.server.provider.options
        told = base64.b64encode(f"{options.account}:{options.token}".encode()).decode()
        return self.headers.get("Authorization") == "Basic " + told

    def count(self):
        """Numbers connections from 1, and writes down each one's requests."""
        provider = self.server.provider
        with provider.lock:
            fresh = self.connection_number is None
            if fresh:
                provider.connections += 1
                self.connection_number = provider.connections
            provider.write(kind="connect" if fresh else "reuse", connection=self.connection_number, method=self.command)

    def refuse(self, code):
        status, message = MESSAGES.get(code, (400, "Refused"))
        self.answer(status, {"code": code, "message": message, "more_info": f"https://www.twilio.com/docs/errors/{code}", "status": status})

    def answer(self, status, value, headers=None):
        self.send(status, json.dumps(value).encode(), headers=headers)

    def page(self, status, headers=None):
        self.send(status, b"<html><body>not the API</body></html>", "text/html", headers=headers)

    def send(self, status, text, kind="application/json", length=None, headers=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text) if length is None else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)
        self.wfile.flush()

    def reset(self, gently=False):
        """Ends the connection: with a reset, or with what was written and then no more."""
        self.close_connection = True
        if not gently:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
            raise ConnectionAbortedError

    def hang(self):
        """Never says another word; ends when the other side does."""
        self.wfile.flush()
        self.close_connection = True
        try:
            while self.connection.recv(4096):
                pass
        except OSError:
            pass

    def finish(self):
        try:
            super().finish()
        except (OSError, ValueError):
            pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request, client_address):
        # A client that goes away is part of the tests; anything else is a mistake of the double and must show.
        if not isinstance(sys.exc_info()[1], (ConnectionError, ssl.SSLError)):
            super().handle_error(request, client_address)

    def shutdown_request(self, request):
        try:
            super().shutdown_request(request)
        except OSError:
            pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--account", default="AC" + "0" * 32)
    parser.add_argument("--token", default="double")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", action="append", default=[], help="one fault, for the next request; may be repeated, 'none' passes")
    parser.add_argument("--fault-rate", type=float, default=0)
    parser.add_argument("--fault-kinds", default="429,500-after-accept,reset-before-accept,reset-after-accept,truncated,short")
    parser.add_argument("--page-size", type=int, default=50, help="the most that a page of the list holds")
    parser.add_argument("--clock", metavar="FILE", help="seconds that a file says are added to the time, read again each time")
    parser.add_argument("--next-page", help="a next_page_uri to give instead of the true one")
    parser.add_argument("--send-delay", type=float, default=0, help="seconds until a text has a date_sent, by which the list is filtered")
    parser.add_argument("--callbacks", action="store_true", help="post status callbacks by itself")
    parser.add_argument("--callback-delay", type=float, default=0.05, help="seconds")
    parser.add_argument("--callback-copies", type=int, default=1)
    parser.add_argument("--callback-shuffle", action="store_true")
    parser.add_argument("--deliver-to", help="where the public address leads in the test: http://127.0.0.1:PORT")
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"), help="files in PEM")
    parser.add_argument("--while-stdin-open", action="store_true", help="end when stdin does, so that nothing outlives a test")
    options = parser.parse_args()
    if options.while_stdin_open:
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    server = Server(("127.0.0.1", options.port), Handler)
    server.provider = Provider(options)
    if options.tls:
        # The handshake is each connection's own, in its thread: one that fails must not hold up the others.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
