#!/usr/bin/env python3
"""Twilio's own Python library, driven by JSON lines: one a line on stdin, one answer a line on stdout.

    {"op": "sign", "token", "url", "parameters": [[name, value], …]}                 -> {"signature"}
    {"op": "validate", "token", "url", "parameters", "signature"}                    -> {"valid"}
    {"op": "create", "base", "account", "token", "fields": {…}}                      -> {"sid", "status"} or {"code", "http"}
    {"op": "list", "base", "account", "token", "filters": {…}, "page_size"}          -> {"messages": [{"sid", "to", "body", "status"}, …]}
    {"op": "fetch", "base", "account", "token", "sid"}                               -> {"sid", "body", "status"}
"""
import datetime
import json
import sys

from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client


class Parameters(list):
    """Pairs, with the two methods of a multi-valued dictionary that the validator asks for."""

    def __iter__(self):
        return iter([name for name, _ in super().__iter__()])

    def getlist(self, name):
        return [value for other, value in list.__iter__(self) if other == name]


def client(told):
    made = Client(told["account"], told["token"])
    made.api.base_url = told["base"]
    return made


def answer(told):
    op = told["op"]
    if op == "sign":
        validator = RequestValidator(told["token"])
        return {"signature": validator.compute_signature(told["url"], Parameters(told["parameters"]))}
    if op == "validate":
        return {"valid": RequestValidator(told["token"]).validate(told["url"], Parameters(told["parameters"]), told["signature"])}
    try:
        if op == "create":
            message = client(told).messages.create(**told["fields"])
            assert isinstance(message.date_created, datetime.datetime), message.date_created
            return {"sid": message.sid, "status": message.status}
        if op == "list":
            filters = dict(told["filters"])
            for name in ("date_sent_after", "date_sent_before", "date_sent"):
                if name in filters:
                    filters[name] = datetime.date.fromisoformat(filters[name])
            found = client(told).messages.list(page_size=told["page_size"], **filters)
            return {"messages": [{"sid": m.sid, "to": m.to, "body": m.body, "status": m.status} for m in found]}
        if op == "fetch":
            message = client(told).messages(told["sid"]).fetch()
            return {"sid": message.sid, "body": message.body, "status": message.status}
    except TwilioRestException as error:
        return {"code": error.code, "http": error.status}
    raise ValueError(op)


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
