"""Writes COUNT messages as mail programs do, by Python's email package: each a JSON line with the message in base64, and what it says.

    mail_make.py COUNT SEED
"""
import base64
import email.policy
import json
import random
import sys
from email.message import EmailMessage

count, seed = int(sys.argv[1]), int(sys.argv[2])
random = random.Random(seed)
alphabets = {
    "us-ascii": "abc XYZ.,=?_<>&\"'\\;: 0",
    "iso-8859-1": "abc éèàüñß©=.? ",
    "windows-1252": "abc €“”’–é=. ",
    "utf-8": "abc é€\U0001F697\U0001F44D漢字=.? ",
}


def words(alphabet, most):
    return "".join(random.choice(alphabet) for _ in range(random.randrange(1, most))).strip() or "x"


for number in range(count):
    charset = random.choice(list(alphabets))
    lines = [words(alphabets[charset], 120) for _ in range(random.randrange(1, 8))]
    message = EmailMessage(policy=email.policy.SMTP if random.random() < 0.7 else email.policy.default)
    message["From"] = f'"Pat (Jo), Doe" <pat{number}@example.com>'
    message["To"] = f"Hillside <reply+k{number}@mail.example>"
    subject = " ".join(words(alphabets[random.choice(list(alphabets))].replace("=", "").replace("?", ""), 30).split())
    message["Subject"] = subject
    message["Message-ID"] = f"<{number}@example.com>"
    text = "\n".join("x" + line for line in lines)   # no line that a reader takes for a quote
    encoding = random.choice(["quoted-printable", "base64", "8bit"])
    if charset == "us-ascii" and encoding == "8bit":
        encoding = "7bit"
    message.set_content(text, charset=charset, cte=encoding)
    if random.random() < 0.5:
        message.add_alternative("<p>not this</p>", subtype="html")
    if random.random() < 0.3:
        message.add_attachment(b"\0\1\2", maintype="image", subtype="png", filename="a.png")
    print(json.dumps({
        "message": base64.b64encode(message.as_bytes()).decode(), "subject": subject, "text": text,
        "from": f"pat{number}@example.com", "token": f"k{number}", "id": f"<{number}@example.com>"}))
