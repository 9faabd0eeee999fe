"""What must hold after a run, checked against the provider's own ledger. It shares no code with the product."""
import os
import sqlite3
import urllib.parse
from datetime import datetime
from zoneinfo import ZoneInfo

from deeds import entries, token_of

CHICAGO = ZoneInfo("America/Chicago")
DAY = 86400
# A jump of the clock may lie between a gate and the byte that the provider saw.
AFTER_JUMP_SECONDS = 2.0
HOP_SECONDS = 5 * 3600 + 5

SENT = {"accepted", "delivered", "undelivered", "failed"}
ENDS = SENT | {"parked", "suppressed", "expired", "superseded", "rejected"}
FORWARD = {
    "planned": {"sending", "suppressed", "expired", "superseded"} | SENT,
    "sending": {"planned", "rejected", "uncertain"} | SENT,
    "uncertain": {"parked"} | SENT,
    "parked": SENT,
    "accepted": SENT - {"accepted"},
    "delivered": set(), "undelivered": set(), "failed": set(),
    # Taken for not sent, and a late report says that it was.
    "suppressed": SENT, "expired": SENT, "superseded": SENT, "rejected": SENT,
}


def named(form):
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(form.get("StatusCallback") or "").query)
    return int(query["touch"][0]), int(query["attempt"][0])


def instants(world, entry):
    """What it may have been by the product's clock when the request's first byte was written."""
    return [entry["at"]] + [
        entry["real_at"] + offset for real, offset in world.jumps if real <= entry["real_at"] <= real + AFTER_JUMP_SECONDS]


def is_open(at):
    """10:00 to 14:30 in Chicago, with a second for what is under way, and not on Sundays."""
    local = datetime.fromtimestamp(at, CHICAGO)
    return local.weekday() != 6 and (10, 0) <= (local.hour, local.minute) and (local.hour, local.minute, local.second) < (14, 30, 2)


def check(world):
    """Gives what is wrong, a line each, and figures."""
    wrong = []
    ledger = entries(world.folder + "/provider.jsonl")
    base = sqlite3.connect(f"file:{world.database}?mode=ro", uri=True)
    touches = {row[0]: row for row in base.execute(
        "SELECT touch.id, state, generation, due_at, rooftop.name, enrollment_id, ended_at, ended_because FROM touch "
        "JOIN rooftop ON rooftop.id = touch.rooftop_id JOIN enrollment ON enrollment.id = enrollment_id")}
    attempts = {(row[0], row[1]): row for row in base.execute(
        "SELECT touch_id, generation, address, body, intended_at, not_after, outcome FROM attempt")}
    damage = base.execute("PRAGMA integrity_check").fetchone()[0]
    if damage != "ok":
        wrong.append(f"the ledger is damaged: {damage}")

    texts, mails = [entry for entry in ledger if entry["kind"] == "accept"], world.mails()
    tokens = dict(base.execute("SELECT token, touch_id FROM booking_link"))
    by_touch, by_address = {}, {}
    for accept in texts + mails:
        is_mail = "sender" in accept
        touch, generation = (tokens.get(token_of(accept), token_of(accept)), None) if is_mail else named(accept["form"])
        by_touch.setdefault(touch, []).append(accept)
        by_address.setdefault(accept["to"], []).append(accept)
        if world.restores:
            continue
        # An e-mail names its touch alone: it is of the last attempt before it.
        attempt = max(
            (row for row in attempts.values() if row[0] == touch and row[4] <= max(instants(world, accept)) + 1), key=lambda row: row[1], default=None
        ) if is_mail else attempts.get((touch, generation))
        if attempt is None:
            wrong.append(f"I2: an accept of touch {touch}, attempt {generation}, has no attempt row")
            continue
        # A part of an e-mail ends in a line's end, and its lines in CRLF.
        body = accept["body"].replace("\r\n", "\n").removesuffix("\n") if is_mail else accept["body"]
        if attempt[3].removesuffix("\n") != body if is_mail else attempt[3] != body:
            wrong.append(f"I2: what was accepted of touch {touch} is not what was stored")
        if attempt[2] != accept["to"]:
            wrong.append(f"I2: touch {touch} was accepted for another address than was stored")
        at = min(instants(world, accept))
        if at > attempt[5] + 1:
            wrong.append(f"I6: touch {touch} was accepted {at - attempt[5]:.1f} s after its not_after")
        if not any(map(is_open, instants(world, accept))):
            local = datetime.fromtimestamp(at, CHICAGO)
            wrong.append(f"I6: touch {touch} was accepted at {local:%A %H:%M:%S}, outside the rooftop's hours")
        row = touches[touch]
        if row[6] is not None and row[7] != "complete" and at > row[6] + world.slack + 1:
            wrong.append(f"I8: touch {touch} was accepted {at - row[6]:.1f} s after its enrollment ended ({row[7]})")
        name = row[4].capitalize() + " Motors"
        if f"/{row[4]}/" not in accept["body"] or name not in accept["body"] or is_mail and name not in accept["from"]:
            wrong.append(f"I9: touch {touch} of {row[4]} was accepted with another rooftop's words")
        if row[1] not in SENT and row[1] != "parked":
            wrong.append(f"I3: touch {touch} was accepted and stands as {row[1]}")

    for touch, found in by_touch.items():
        # Without the journal nobody can be asked about e-mails; a second one has the same Message-ID.
        if world.loses_journal and any("sender" in entry for entry in found):
            continue
        if len(found) > 1:
            wrong.append(f"{'I11' if world.restores else 'I1'}: touch {touch} was accepted {len(found)} times")
    for address, found in by_address.items():
        # Second e-mails are told of above, or allowed there.
        accepted = sorted(({entry.get("message_id", entry["at"]): entry for entry in found}.values() if world.loses_journal else found), key=lambda entry: entry["at"])
        accepted = [entry["at"] for entry in accepted]
        for place in range(len(accepted)):
            if place >= 3 and accepted[place] - accepted[place - 3] < 30 * DAY - HOP_SECONDS:
                wrong.append("I4: one contact had 4 accepts within 30 days")
            if place >= 1 and accepted[place] - accepted[place - 1] < 3 * DAY - HOP_SECONDS and not world.restores:
                wrong.append(f"I4: one contact had 2 accepts within {accepted[place] - accepted[place - 1]:.0f} s: {address}")

    for kind, address, _, real_at in world.acknowledged:
        if kind == "stop":
            late = [entry for entry in by_address.get(address, []) if entry["real_at"] > real_at + world.slack]
            if late and not world.restores:
                wrong.append(f"I5: {len(late)} accepts after a STOP was acknowledged, {late[0]['real_at'] - real_at:.2f} s")
    # The double refuses this one as who has said STOP.
    known = world.stopped | {"+15009921610"}
    for address, in base.execute("SELECT address FROM contact_point WHERE opted_out_at IS NOT NULL"):
        if address not in known:
            wrong.append("a number or mailbox is opted out and nobody asked for it")
    for rowid, in base.execute("SELECT id FROM enrollment WHERE ended_because = 'booked'"):
        of_it = {address for address, in base.execute(
            "SELECT address FROM contact_point JOIN enrollment ON contact_point.id IN (phone_point_id, email_point_id) WHERE enrollment.id = ?", (rowid,))}
        if not of_it & world.booked:
            wrong.append("a follow-up ended by a booking that nobody made")
    ids = {}
    for mail in mails:
        if ids.setdefault(token_of(mail), mail["message_id"]) != mail["message_id"]:
            wrong.append("I11: a touch's e-mails have more than one Message-ID")
    wrong += texted(base, ledger)
    if os.listdir(world.folder + "/maildir/new"):
        wrong.append("I10: messages were left in the maildir")
    if not world.restores:
        wrong += durable(world, base, ledger) + mailed(world, base, tokens)

    for row in touches.values():
        if row[3] <= world.now() and row[3] <= world.horizon and row[1] not in ENDS:
            wrong.append(f"I3: touch {row[0]} was due and stands as {row[1]}")
    steps = base.execute("SELECT touch_id, old_state, old_generation, state, generation FROM crash_step ORDER BY rowid").fetchall()
    for touch, old, old_generation, state, generation in steps:
        raised = 1 if old == "planned" and state == "sending" else 0
        if state == old and generation == old_generation:
            continue
        if state not in FORWARD[old] or generation != old_generation + raised:
            wrong.append(f"I7: touch {touch} went from {old} ({old_generation}) to {state} ({generation})")
    reused = [entry for entry in ledger if entry["kind"] == "reuse"]
    if reused:
        wrong.append(f"{len(reused)} requests came over a connection that had had one")

    states = [row[1] for row in touches.values()]
    figures = {
        "texts": len(texts), "mails": len(mails), "bounces": len(world.bounced), "uncertain": sum(1 for step in steps if step[3] == "uncertain" and step[1] != "uncertain"),
        "parked": states.count("parked"), "ended": sum(1 for row in touches.values() if row[3] <= world.horizon),
        "opt_outs": sum(1 for told in world.acknowledged if told[0] == "stop"), "bookings": sum(1 for told in world.acknowledged if told[0] == "booking"),
        "callbacks": sum(1 for entry in ledger if entry["kind"] == "callback" and 200 <= entry["http"] < 300),
    }
    base.close()
    return wrong, figures


def texted(base, ledger):
    """I10: what a customer texted is there, once: because the webhook was answered, or because it was listed later."""
    wrong = []
    for sid in {entry["sid"] for entry in ledger if entry["kind"] == "inbound"}:
        answers = [entry["http"] for entry in ledger if entry["kind"] == "inbound" and entry["sid"] == sid]
        count = base.execute("SELECT count(*) FROM inbound WHERE provider_id = ?", (sid,)).fetchone()[0]
        if count != 1:
            wrong.append(f"I10: a customer's text, answered with {answers}, is there {count} times")
    return wrong


def mailed(world, base, tokens):
    """I10: what came by e-mail is there, once: an answer in its conversation, a bounce with its touch, which it settles."""
    wrong = []
    for name in world.answered:
        count = base.execute("SELECT count(*) FROM inbound WHERE provider_id = ?", (name,)).fetchone()[0]
        if count != 1:
            wrong.append(f"I10: an answer by e-mail is there {count} times")
    for token in world.bounced:
        states = base.execute("SELECT state FROM touch WHERE id = ?", (tokens[token],)).fetchall()
        if states != [("undelivered",)]:
            wrong.append(f"I10: an e-mail of touch {tokens[token]} came back, and the touch stands as {states}")
    return wrong


def durable(world, base, ledger):
    """I10: what was answered with a 2xx is there, once."""
    wrong = []
    words = {"sent": "accepted", "delivered": "delivered", "undelivered": "undelivered", "failed": "failed", "queued": "accepted"}
    for entry in ledger:
        if entry["kind"] == "callback" and 200 <= entry["http"] < 300:
            query = urllib.parse.parse_qs(urllib.parse.urlsplit(entry["url"]).query)
            count = base.execute(
                "SELECT count(*) FROM delivery WHERE touch_id = ? AND generation = ? AND status = ?",
                (int(query["touch"][0]), int(query["attempt"][0]), words[entry["status"]])).fetchone()[0]
            if count != 1:
                wrong.append(f"I10: a status of touch {query['touch'][0]} ({entry['status']}) was answered {entry['http']} and is there {count} times")
    for kind, _, what, _ in world.acknowledged:
        if kind == "booking":
            count = base.execute(
                "SELECT count(*) FROM inbound JOIN booking_link ON booking_link.touch_id = inbound.touch_id WHERE token = ? AND meaning = 'booking'",
                (what,)).fetchone()[0]
            if count < 1:
                wrong.append("I10: a booking was thanked for and isn't there")
    return wrong
