"""What customers, providers and mail systems do to a world while serve runs and dies: stops, bookings, callbacks, bounces, answers."""
import http.client
import json
import os
import re
import time

NUMBER = "+13125550100"
PUBLIC_URL = "https://go.example.com"
REPLY_DOMAIN = "in.example.com"
HOOK_SECRET = "fedcba9876543210fedcba9876543210"


def entries(path):
    """A ledger's lines; the last may be in the middle of being written."""
    try:
        with open(path, encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.endswith("}\n")]
    except FileNotFoundError:
        return []


def token_of(mail):
    """The touch's token, which the sender's address of an e-mail carries."""
    return re.fullmatch(r"reply\+(\w+)@" + re.escape(REPLY_DOMAIN), mail["sender"])[1]


class Deeds:
    """A part of a world: it uses its folder, its ledger and its dice."""

    def start_deeds(self):
        # What was answered with a 2xx, and whom customers did it to whatever the answer was.
        self.acknowledged = []
        self.stopped, self.booked, self.bounced = set(), set(), set()
        # Message-IDs of answers that were put into the maildir, or posted and answered with a 2xx.
        self.answered = set()
        self.letters = self.delivered = 0
        for name in ("tmp", "new", "cur"):
            os.makedirs(f"{self.folder}/maildir/{name}", exist_ok=True)

    def texts(self):
        return [entry for entry in entries(self.folder + "/provider.jsonl") if entry["kind"] == "accept"]

    def mails(self):
        return entries(self.folder + "/mail.jsonl")

    def do_something(self, rarely=0.1):
        if self.rng.random() < rarely:
            self.rng.choice([self.say_stop, self.press, self.replay_callbacks, self.unsubscribe, self.answer_by_mail, self.bounce])()

    def come_in(self):
        """Something of which an inbound message comes."""
        self.rng.choice([self.say_stop, self.press, self.unsubscribe, self.answer_by_mail])()

    # Texts

    def control(self, name, told):
        connection = http.client.HTTPConnection("127.0.0.1", self.provider_port, timeout=30)
        try:
            connection.request("POST", "/control/" + name, json.dumps(told))
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def say_stop(self):
        phones = self.rows(
            "SELECT DISTINCT address FROM contact_point JOIN enrollment ON phone_point_id = contact_point.id JOIN touch ON enrollment_id = enrollment.id "
            "WHERE state IN ('planned', 'sending') AND due_at <= ? ORDER BY address", self.horizon)
        if phones:
            self.write_in(self.rng.choice(phones)[0], self.rng.choice(["STOP", "stop", "Unsubscribe"]))

    def write_in(self, phone, body):
        self.stopped.add(phone)
        told = self.control("inbound", {
            "url": PUBLIC_URL + "/hooks/twilio/inbound", "from": phone, "to": NUMBER, "body": body, "copies": self.rng.choice([1, 2])})
        if any(200 <= answer < 300 for answer in told["answers"]):
            self.acknowledged.append(("stop", phone, told["sid"], time.time()))

    def replay_callbacks(self):
        texts = self.texts()
        if texts:
            text = self.rng.choice(texts)
            self.control("callbacks", {"sid": text["sid"], "statuses": ["sent", "delivered"], "copies": 2, "shuffle": self.rng.randrange(1000)})

    # Links

    def press(self):
        """Opens a link of a message that went out, which must change nothing, and then may book by it."""
        accepts = self.texts() + self.mails()
        if not accepts:
            return
        accept = self.rng.choice(accepts)
        link = re.search(r"book\.example\.com(/\w+/(\w+))", accept["body"])
        for method, path in (("GET", link[1]), ("HEAD", link[1]), ("GET", f"/u/{link[2]}")):
            self.request(method, path)
        if self.rng.random() < 0.5:
            self.booked.add(accept["to"])
            if self.request("POST", link[1], "action=book") == 200:
                self.acknowledged.append(("booking", accept["to"], link[2], time.time()))

    def unsubscribe(self):
        """As a mail program does when its button is pressed (RFC 8058)."""
        mails = self.mails()
        if not mails:
            return
        mail = self.rng.choice(mails)
        path = mail["unsubscribe"].strip("<>").removeprefix(PUBLIC_URL)
        self.request("GET", path)
        self.stopped.add(mail["to"])
        if self.request("POST", path, "List-Unsubscribe=One-Click") == 200:
            self.acknowledged.append(("stop", mail["to"], None, time.time()))

    def request(self, method, path, body=None, kind="application/x-www-form-urlencoded"):
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[0], timeout=5)
        try:
            connection.request(method, path, body, {"Content-Type": kind} if body else {})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    # E-mail that comes in

    def answer_by_mail(self):
        """A customer answers an e-mail: it comes as a file or is posted, whole, and sometimes twice."""
        mails = self.mails()
        if not mails:
            return
        mail = self.rng.choice(mails)
        words = self.rng.choice(["STOP", "Please stop e-mailing me.", "Is Tuesday possible?"])
        self.letters += 1
        name = f"<{self.seed}.{self.letters}@example.com>"
        letter = (
            f"From: {mail['to']}\r\nTo: {mail['reply_to']}\r\nSubject: Re: {mail['subject']}\r\nMessage-ID: {name}\r\nIn-Reply-To: {mail['message_id']}\r\n"
            f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n")
        is_stop = "stop" in words.lower()
        if is_stop:
            self.stopped.add(mail["to"])
        for _ in range(self.rng.choice([1, 2])):
            if self.rng.random() < 0.5:
                self.deliver(letter)
                self.answered.add(name)
            elif 200 <= self.request("POST", "/hooks/mail/" + HOOK_SECRET, letter.encode(), "message/rfc822") < 300:
                self.answered.add(name)
                if is_stop:
                    self.acknowledged.append(("stop", mail["to"], None, time.time()))

    def bounce(self):
        """A mail system tells later that an e-mail couldn't be delivered (RFC 3464)."""
        mails = self.mails()
        if not mails:
            return
        mail = self.rng.choice(mails)
        self.bounced.add(token_of(mail))
        self.deliver(
            f"From: MAILER-DAEMON@mx.example.com\r\nTo: {mail['sender']}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-replied\r\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n"
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
            f"Final-Recipient: rfc822; {mail['to']}\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n"
            f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {mail['message_id']}\r\n\r\n--b--\r\n")

    def deliver(self, letter):
        """Into the maildir, where a file appears whole."""
        self.delivered += 1
        name = f"{self.delivered:06d}.example"
        with open(f"{self.folder}/maildir/tmp/{name}", "w", encoding="utf-8", newline="") as file:
            file.write(letter)
        os.rename(f"{self.folder}/maildir/tmp/{name}", f"{self.folder}/maildir/new/{name}")
