"""A real SMTP server (aiosmtpd) on loopback that keeps its own ledger and misbehaves as it is told.

    mail_server.py FOLDER [--tls starttls|always] [--login USER:PASSWORD] [--greylist]
                   [--answer COMMAND "550 5.1.1 no"] [--die WHERE] [--stall WHERE]
                   [--ledger FILE --clock FILE --seed N --fault-rate R --calm FILE]

Prints its port as the first line and runs until its standard input ends. In FOLDER:

    accepted/N.eml, N.json   each message that was accepted: its bytes, its envelope
    dots                     one line for each final dot that arrived
    commands                 one line for each command's first word
    authority.pem            the certificate, with --tls

With --ledger each message that was accepted is a JSON line of that file too, synced to disk before it is answered, and faults are drawn for each
transaction from --seed, the sender's address and how often it came, until there is a file --calm. Nobody at nobody.* is known then.
"""
import argparse
import asyncio
import collections
import email
import email.policy
import json
import os
import pathlib
import random
import socket
import ssl
import subprocess
import sys
import time

from aiosmtpd.smtp import SMTP, AuthResult

options = argparse.ArgumentParser()
options.add_argument("folder", type=pathlib.Path)
options.add_argument("--tls", choices=["starttls", "always"])
options.add_argument("--login")
options.add_argument("--greylist", action="store_true")
# COMMAND is EHLO, MAIL, RCPT, DATA or DOT (the answer to the final dot).
options.add_argument("--answer", nargs=2, action="append", default=[])
# WHERE is connect, rcpt, data (with the 354), bytes:N of the message, dot (accepted, before the answer), half (within the answer).
options.add_argument("--die", default="")
# WHERE is connect, rcpt, data, dot or quit.
options.add_argument("--stall", default="")
options.add_argument("--ledger")
options.add_argument("--clock", help="seconds that a file says are added to the time, read again each time")
options.add_argument("--seed", type=int, default=1)
options.add_argument("--fault-rate", type=float, default=0)
options.add_argument("--calm", help="no faults are drawn once this file is there")
options = options.parse_args()

answers = dict(options.answer)
accepted = options.folder / "accepted"
accepted.mkdir(parents=True, exist_ok=True)
known = set()
tries = collections.Counter()
# Drawn faults: an answer at a command, or one of the places of --die and --stall. "slow" takes the message and answers late.
FAULTS = [
    "answer MAIL 421 4.3.2 busy", "answer RCPT 451 4.7.1 greylisted, come again", "answer DATA 452 4.3.1 no room", "answer DOT 451 4.3.0 not now",
    "die rcpt", "die data", "die bytes:400", "stall rcpt", "stall data", "die dot", "half", "stall dot", "slow", "slow"]


def note(name, line):
    with open(options.folder / name, "a") as file:
        file.write(line + "\n")


def draw(sender):
    """The fault of this transaction, or "". It depends on the seed and the transaction alone, in whatever order they come."""
    if not options.ledger or options.calm and os.path.exists(options.calm):
        return ""
    tries[sender] += 1
    drawn = random.Random(f"{options.seed}:{sender}:{tries[sender]}")
    return drawn.choice(FAULTS) if drawn.random() < options.fault_rate else ""


def keep(envelope):
    """The message in the ledger, synced before anyone is told that it was accepted."""
    message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
    offset = float(pathlib.Path(options.clock).read_text()) if options.clock else 0
    entry = {
        "kind": "accept", "to": envelope.rcpt_tos[0], "sender": envelope.mail_from, "from": str(message["From"]), "message_id": str(message["Message-ID"]),
        "reply_to": str(message["Reply-To"]), "unsubscribe": str(message["List-Unsubscribe"]), "subject": str(message["Subject"]),
        "body": message.get_body(("plain",)).get_content(), "at": time.time() + offset, "real_at": time.time()}
    ledger = os.open(options.ledger, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(ledger, (json.dumps(entry) + "\n").encode())
    os.fsync(ledger)
    os.close(ledger)


class Server(SMTP):
    fault = ""

    def dies(self, where):
        return options.die == where or self.fault == "die " + where

    def stalls(self, where):
        return options.stall == where or self.fault == "stall " + where

    def answer_at(self, command):
        told = "answer " + command + " "
        return answers.get(command) or (self.fault.removeprefix(told) if self.fault.startswith(told) else None)

    def connection_made(self, transport):
        note("commands", "CONNECT")
        if options.die == "connect":
            transport.abort()
            return
        if options.stall == "connect":
            return
        super().connection_made(transport)

    async def push(self, status):
        if (options.die == "half" or self.fault == "half") and getattr(self, "after_dot", False):
            self._writer.write(b"250-2.0.0 so")
            await self._writer.drain()
            self._writer.close()
            return
        await super().push(status)

    async def _call(self, name, method, argument):
        note("commands", name)
        if name == "MAIL":
            self.fault = draw(argument)
        if self.stalls(name.lower()):
            await asyncio.sleep(3600)
        if self.dies(name.lower()):
            self.transport.abort()
            return
        if answer := self.answer_at(name):
            await self.push(answer)
            return
        await method(argument)

    async def smtp_EHLO(self, argument):
        await self._call("EHLO", super().smtp_EHLO, argument)

    async def smtp_HELO(self, argument):
        await self._call("EHLO", super().smtp_HELO, argument)

    async def smtp_MAIL(self, argument):
        await self._call("MAIL", super().smtp_MAIL, argument)

    async def smtp_RCPT(self, argument):
        await self._call("RCPT", super().smtp_RCPT, argument)

    async def smtp_QUIT(self, argument):
        await self._call("QUIT", super().smtp_QUIT, argument)

    async def smtp_DATA(self, argument):
        note("commands", "DATA")
        if answer := self.answer_at("DATA"):
            await self.push(answer)
            return
        if self.stalls("data"):
            await asyncio.sleep(3600)
        if self.dies("data"):
            self.go_on_and_die()
            return
        for place in (options.die, self.fault.removeprefix("die ")):
            if place.startswith("bytes:"):
                await self.push("354 go on")
                await self.read_and_die(int(place.partition(":")[2]))
                return
        await super().smtp_DATA(argument)

    def go_on_and_die(self):
        """Sends the 354 and the connection's end in one packet: it is closed before a byte of the message can come."""
        descriptor = self.transport.get_extra_info("socket").fileno()
        with socket.fromfd(descriptor, socket.AF_INET, socket.SOCK_STREAM) as connection:
            connection.send(b"354 go on\r\n", socket.MSG_MORE)
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, descriptor)
        os.close(nothing)
        self.transport.abort()

    async def read_and_die(self, count):
        """Reads so many bytes of the message, notes whether the dot is among them, and resets the connection."""
        read = b""
        while len(read) < count and not read.endswith(b"\r\n.\r\n"):
            more = await self._reader.read(count - len(read))
            if not more:
                break
            read += more
        if read.endswith(b"\r\n.\r\n"):
            note("dots", "1")
        self.transport.abort()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if options.greylist and address not in known:
            known.add(address)
            return "451 4.7.1 greylisted, come again"
        if options.ledger and address.startswith("nobody."):
            return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        note("dots", "1")
        server.after_dot = True
        if defects(envelope.original_content):
            return "554 5.6.0 Python's email package finds defects"
        if answer := server.answer_at("DOT"):
            return answer
        number = len(list(accepted.glob("*.eml"))) + 1
        (accepted / f"{number}.json").write_text(json.dumps(
            {"from": envelope.mail_from, "to": envelope.rcpt_tos, "helo": session.host_name, "tls": session.ssl is not None}))
        (accepted / f"{number}.eml").write_bytes(envelope.original_content)
        if options.ledger:
            keep(envelope)
        if server.dies("dot"):
            server.transport.abort()
            return "250 never said"
        if server.stalls("dot"):
            await asyncio.sleep(3600)
        if server.fault == "slow":
            await asyncio.sleep(0.5)
        return "250 2.0.0 taken"


def defects(content):
    message = email.message_from_bytes(content, policy=email.policy.default)
    return any(part.defects or any(value.defects for value in part.values()) for part in message.walk())


def certificate():
    key, authority = options.folder / "key.pem", options.folder / "authority.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", authority],
        check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, key)
    return context


def authenticator(server, session, envelope, mechanism, data):
    user, _, password = options.login.partition(":")
    return AuthResult(handled=False, success=(data.login, data.password) == (user.encode(), password.encode()))


async def main():
    loop = asyncio.get_running_loop()
    context = certificate() if options.tls else None
    settings = {}
    if options.tls == "starttls":
        settings = {"tls_context": context, "require_starttls": True}
    if options.login:
        settings |= {"authenticator": authenticator, "auth_required": True, "auth_require_tls": options.tls == "starttls"}
    server = await loop.create_server(
        lambda: Server(Handler(), hostname="mx.example", **settings), "127.0.0.1", 0,
        ssl=context if options.tls == "always" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    os._exit(0)


asyncio.run(main())
