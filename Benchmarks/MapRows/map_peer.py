#!/usr/bin/env python3
"""Maps a line-item export as a rooftop's mapping.lua does, with Python's csv module: the peer of `revisit map`.

    python3 map_peer.py EXPORT > mapped.json          one repair order a line, in a JSON array
    python3 map_peer.py --fixed|--jsonl|--xml EXPORT  the same of what convert.py writes
    python3 map_peer.py --check EXPORT EXPECTED.json  exits 1 when the two differ

Memory is flat: a repair order is written once WINDOW rows have come without another line of it.
"""
import csv
import datetime
import json
import re
import sys
import xml.etree.ElementTree

WINDOW = 1_000
MAKES = {"TOYO": "Toyota", "HOND": "Honda", "FORD": "Ford", "CHEV": "Chevrolet", "NISS": "Nissan", "SUBA": "Subaru", "KIA": "Kia",
         "HYUN": "Hyundai", "JEEP": "Jeep", "MAZD": "Mazda", "VOLK": "Volkswagen"}
MONTHS = {m: i + 1 for i, m in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split())}
BUSINESS = re.compile(r"\b(LLC|INC|CO|LTD)\b\.?$")
WORD = re.compile(r"(^|[ '\-])([a-z])")
PHONE = re.compile(r"([CHW]):\((\d{3})\) (\d{3})-(\d{4})")
CONDITION = re.compile(r"(REAR PADS|FRT PADS|FRT TREAD|RR TREAD|BATT) ?(\d+)")
MEASURES = {"REAR PADS": ("brake_pad_rear", "mm"), "FRT PADS": ("brake_pad_front", "mm"),
            "FRT TREAD": ("tire_tread_front", "32nds"), "RR TREAD": ("tire_tread_rear", "32nds"), "BATT": ("battery_cca", "cca")}
FLAGS = {"1": True, "Y": True, "YES": True, "0": False, "N": False, "NO": False}
VALUES = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
                  [*range(10), 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9]))
WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
REPAIR = str.maketrans("OQI", "001")
EPOCH = datetime.date(1899, 12, 30)


def closed_on(text):
    if "/" in text:
        month, day, year = text.split("/")
        return datetime.date(int(year), int(month), int(day)).isoformat()
    if text[2:3] == "-":
        return datetime.date(2000 + int(text[7:]), MONTHS[text[3:6]], int(text[:2])).isoformat()
    if "-" in text:
        return datetime.date.fromisoformat(text).isoformat()
    if len(text) == 5:
        return (EPOCH + datetime.timedelta(days=int(text))).isoformat()
    return datetime.date(2000 + int(text[4:]), int(text[:2]), int(text[2:4])).isoformat()


def cents(text):
    negative = text.startswith(("-", "(")) or text.endswith("-")
    whole, _, part = text.strip("-()$").replace("$", "").replace(",", "").partition(".")
    value = int(whole) * 100 + int((part + "00")[:2])
    return -value if negative else value


def phone(text):
    numbers = {kind: "+1" + a + b + c for kind, a, b, c in PHONE.findall(text)}
    return numbers.get("C") or numbers.get("H") or numbers.get("W")


def caps(text):
    return WORD.sub(lambda m: m[1] + m[2].upper(), text.lower())


def name(text):
    """Returns the whole name and the first one."""
    if BUSINESS.search(text):
        return text, None
    last, comma, first = text.partition(",")
    if not comma:
        return (caps(text) if text.isupper() else text), None
    first = first.split()
    if len(first) > 1 and len(first[-1]) == 1:
        first.pop()
    first = " ".join(first)
    if text.isupper():
        first, last = caps(first), caps(last)
    return f"{first} {last.strip()}", first


def vin(text):
    text = text.strip().upper().translate(REPAIR)
    if len(text) != 17:
        return None
    try:
        check = sum(VALUES[c] * w for c, w in zip(text, WEIGHTS)) % 11
    except KeyError:
        return None
    return text if text[8] == "0123456789X"[check] else None


def declined(row):
    item = {"op_code": row["OpCode"] or None, "description": row["OpDesc"], "price_cents": cents(row["Total"])}
    notes = row["TechNotes"]
    found = CONDITION.search(notes)
    if found:
        measure, unit = MEASURES[found[1]]
        item["condition"] = {"measure": measure, "value": int(found[2]), "unit": unit}
    item["severity"] = "red" if "[R]" in notes else "yellow" if "[Y]" in notes else None
    return item


def repair_order(rows):
    first = rows[0]
    full, given = name(first["CustName"])
    email = first["Email"].lower()
    return {
        "ro_number": first["RO"], "closed_on": closed_on(first["Closed"]), "mileage": int(first["Miles"]),
        "customer": {"name": full, "first_name": given, "phone": phone(first["Phones"]),
                     "email": email if "@" in email else None, "text_ok": FLAGS.get(first["TextOK"]),
                     "email_ok": FLAGS.get(first["EmailOK"]), "preferred_channel": None},
        "vehicle": {"vin": vin(first["VIN"]), "year": int(first["Yr"]), "make": MAKES.get(first["Make"], first["Make"]),
                    "model": first["Model"]},
        "declined": [declined(row) for row in rows if row["LineStatus"] in ("DECL", "DEF")],
    }


WIDTHS = {"RO": 8, "Closed": 10, "CustName": 30, "Phones": 64, "Email": 48, "EmailOK": 3, "TextOK": 3, "VIN": 17, "Yr": 4, "Make": 6,
          "Model": 16, "Miles": 7, "Line": 2, "Type": 1, "OpCode": 6, "OpDesc": 32, "Total": 10, "LineStatus": 6, "TechNotes": 24}


def fixed_rows(file):
    slices, start = [], 0
    for width in WIDTHS.values():
        slices.append(slice(start, start + width))
        start += width
    yield list(WIDTHS)
    for line in file:
        yield [line[part].strip() for part in slices]


def json_orders(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield repair_order([record | job for job in record.pop("jobs")])


def xml_orders(path):
    space = "{example.com/export}"
    context = xml.etree.ElementTree.iterparse(path, events=("start", "end"))
    root = next(context)[1]
    for event, element in context:
        if event != "end" or element.tag != space + "RepairOrder":
            continue
        record = {child.tag[len(space):]: child.text or "" for child in element if child.tag != space + "Job"}
        jobs = [{child.tag[len(space):]: child.text or "" for child in job} for job in element.iter(space + "Job")]
        yield repair_order([record | job for job in jobs])
        root.clear()


def repair_orders(path, kind="--csv"):
    if kind == "--jsonl":
        yield from json_orders(path)
        return
    if kind == "--xml":
        yield from xml_orders(path)
        return
    with open(path, encoding="utf-8", newline="") as file:
        reader = fixed_rows(file) if kind == "--fixed" else csv.reader(file)
        header = next(reader)
        width = len(header)
        number = header.index("RO")
        groups, last_seen = {}, {}
        for index, cells in enumerate(reader):
            if len(cells) < width:
                cells += [""] * (width - len(cells))
            key = cells[number]
            row = dict(zip(header, cells))
            if key in groups:
                groups[key].append(row)
            else:
                groups[key] = [row]
            last_seen[key] = index
            while True:
                oldest = next(iter(groups))
                if last_seen[oldest] > index - WINDOW:
                    break
                del last_seen[oldest]
                yield repair_order(groups.pop(oldest))
        for rows in groups.values():
            yield repair_order(rows)


def main():
    if sys.argv[1] == "--check":
        with open(sys.argv[3], encoding="utf-8") as file:
            expected = json.load(file)
        got = list(repair_orders(sys.argv[2]))
        wrong = [i for i, pair in enumerate(zip(got, expected)) if pair[0] != pair[1]]
        print(f"{len(got)} repair orders, {len(expected)} expected, differing: {wrong}")
        sys.exit(1 if wrong or len(got) != len(expected) else 0)
    write = sys.stdout.write
    write("[")
    for i, record in enumerate(repair_orders(sys.argv[-1], sys.argv[1])):
        write(",\n" if i else "\n")
        write(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
    write("\n]\n")


main()
