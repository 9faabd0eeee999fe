"""Reads messages with Python's email package, as strictly as it can, and says what isn't as expected.

Each line of standard input is a JSON object: the message in base64, and what must come out of it: subject, text, name, from, to, id.
Ends with status 1 when anything differs.
"""
import base64
import email
import email.header
import email.policy
import email.utils
import json
import re
import sys

failures = 0
count = 0


def fail(number, *what):
    global failures
    failures += 1
    if failures <= 10:
        print(number, *what)


def check(number, case):
    raw = base64.b64decode(case["message"])
    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw) or b"\0" in raw or any(byte > 126 for byte in raw):
        fail(number, "bytes that don't belong")
    head, _, body = raw.partition(b"\r\n\r\n")
    for line in raw.split(b"\r\n"):
        if len(line) > 76 and not line.startswith((b"List-Unsubscribe:", b"To:", b"Reply-To:", b"Message-ID:")):
            fail(number, "a line of", len(line))
    for line in body.split(b"\r\n"):
        if line.startswith((b".", b"From ")):
            fail(number, "a line that starts with a dot or From")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.defects:
            fail(number, "defects", part.defects)
        for name, value in part.items():
            if value.defects:
                fail(number, name, value.defects)
    expected = ["From", "To", "Subject", "Date", "Message-ID", "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post",
                "MIME-Version", "Content-Type"]
    if message.keys() != expected:
        fail(number, "headers", message.keys())
    if str(message["Subject"]) != case["subject"]:
        fail(number, "subject", ascii(str(message["Subject"])), ascii(case["subject"]))
    sender = message["From"].addresses
    if len(sender) != 1 or sender[0].addr_spec != case["from"]:
        fail(number, "from", ascii([one.addr_spec for one in sender]))
    # The default policy's display_name keeps the folding between two encoded words, which RFC 2047 (6.2) says isn't there;
    # the older functions of the package know it.
    name, address = email.utils.parseaddr(email.message_from_bytes(raw)["From"])
    name = str(email.header.make_header(email.header.decode_header(name)))
    if (name, address) != (case["name"], case["from"]):
        fail(number, "name", ascii(name), ascii(case["name"]))
    if [one.addr_spec for one in message["To"].addresses] != [case["to"]]:
        fail(number, "to")
    if message["Message-ID"] != case["id"]:
        fail(number, "id", message["Message-ID"])
    if message["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click" or not message["List-Unsubscribe"].startswith("<https://"):
        fail(number, "unsubscribing")
    if message["Date"].datetime.timestamp() != case["date"]:
        fail(number, "date", message["Date"])
    if message.get_content_type() != "multipart/alternative" or len(message.get_payload()) != 2:
        fail(number, "parts")
        return
    plain, html = message.get_payload()
    text = re.sub("\r\n|\r|\n", "\r\n", case["text"])
    for part in plain, html:
        if part.get_content_charset() != "utf-8" or part["Content-Transfer-Encoding"] != "quoted-printable":
            fail(number, "encoding")
    if plain.get_payload(decode=True) != text.encode():
        fail(number, "text", ascii(plain.get_payload(decode=True).decode()), ascii(text))
    if html.get_content_type() != "text/html" or "<script" in html.get_payload(decode=True).decode():
        fail(number, "html")


for number, line in enumerate(sys.stdin.buffer.read().splitlines()):
    check(number, json.loads(line))
    count += 1
print(count, "read,", failures, "failures")
sys.exit(1 if failures or not count else 0)
