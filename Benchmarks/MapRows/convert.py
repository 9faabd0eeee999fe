#!/usr/bin/env python3
"""Writes a line-item export of generate.py in another format: python3 convert.py fixed|jsonl|xml < rows.csv > rows.out

`fixed` keeps a row a line; `jsonl` and `xml` have a repair order with its jobs as a record, whose rows need to be neighbours.
"""
import csv
import itertools
import json
import sys
from xml.sax.saxutils import escape

WIDTHS = {"RO": 8, "Closed": 10, "CustName": 30, "Phones": 64, "Email": 48, "EmailOK": 3, "TextOK": 3, "VIN": 17, "Yr": 4, "Make": 6,
          "Model": 16, "Miles": 7, "Line": 2, "Type": 1, "OpCode": 6, "OpDesc": 32, "Total": 10, "LineStatus": 6, "TechNotes": 24}
JOB = ["Line", "Type", "OpCode", "OpDesc", "Total", "LineStatus", "TechNotes"]


def rows():
    for row in csv.DictReader(sys.stdin, restval=""):
        row.pop(None, None)
        yield row


def orders():
    """Rows of one repair order, as far as they are neighbours or alternate with another's."""
    waiting = {}
    for row in rows():
        waiting.setdefault(row["RO"], []).append(row)
        while len(waiting) > 50:
            yield waiting.pop(next(iter(waiting)))
    yield from waiting.values()


def main():
    out, kind = sys.stdout, sys.argv[1]
    if kind == "fixed":
        for row in rows():
            out.write("".join(row[name][:width].ljust(width) for name, width in WIDTHS.items()).rstrip() + "\n")
    elif kind == "jsonl":
        for order in orders():
            record = {name: order[0][name] for name in WIDTHS if name not in JOB}
            record["jobs"] = [{name: row[name] for name in JOB} for row in order]
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    else:
        out.write('<?xml version="1.0" encoding="utf-8"?>\n<x:Export xmlns:x="example.com/export">\n')
        for order in orders():
            out.write(" <x:RepairOrder>")
            for name in WIDTHS:
                if name not in JOB:
                    out.write(f"<x:{name}>{escape(order[0][name])}</x:{name}>")
            for row in order:
                cells = "".join(f"<x:{name}>{escape(row[name])}</x:{name}>" for name in JOB[1:])
                out.write(f'\n  <x:Job Line="{row["Line"]}">{cells}</x:Job>')
            out.write("</x:RepairOrder>\n")
        out.write("</x:Export>\n")


main()
