#!/usr/bin/env python3
"""Writes a line-item export of ROWS rows: python3 generate.py ROWS [SEED] > export.csv

The columns and oddities are those of Tests/FeedsTests/Fixtures/08_line_items.csv: one row a line, about 3.5 rows a repair
order, neighbours interleaved, five date forms in one column, ragged rows, phone lists, O for 0 in VINs. All invented.
"""
import datetime
import random
import sys

COLUMNS = ("RO,Closed,CustName,Phones,Email,EmailOK,TextOK,VIN,Yr,Make,Model,Miles,Line,Type,OpCode,OpDesc,Total,"
           "LineStatus,TechNotes")
LAST = ["LINDQVIST", "TILLERY", "DELACROIX", "HALVORSEN", "BHATT", "VASQUEZ", "OKAFOR", "VAN DYKE", "O'BRIEN", "SMITH-JONES",
        "FERREIRA", "ABERNATHY", "EASTMAN", "KOWALSKI", "PENHALLOW", "NAKAGAWA", "TRAN", "RUSK", "OSTRANDER", "PRENTISS"]
FIRST = ["EMEKA", "VIKTOR", "ABEL", "GRETA", "HANNAH", "AISHA", "CASPER", "INES", "FERN", "ROSALIND", "JORGE", "LEILA", "THUY",
         "MAURA", "PAULA", "NADIA", "YOLANDA", "KEIKO", "SUNITA", "MALIK"]
MAKES = [("1FAFAKE", "FORD", ["EXPLORER", "FUSION", "F-150"]), ("KNAFAKE", "KIA", ["SORENTO", "SOUL", "FORTE"]),
         ("1HGFAKE", "HOND", ["CIVIC", "CR-V", "ACCORD"]), ("4S3FAKE", "SUBA", ["OUTBACK", "LEGACY", "FORESTER"]),
         ("3VWFAKE", "VOLK", ["GOLF", "TIGUAN", "JETTA"]), ("JM1FAKE", "MAZD", ["MAZDA3", "CX-5"]),
         ("KMHFAKE", "HYUN", ["ELANTRA", "TUCSON"]), ("1N4FAKE", "NISS", ["ALTIMA", "ROGUE"]),
         ("1G1FAKE", "CHEV", ["EQUINOX", "BOLT EV"]), ("1C4FAKE", "JEEP", ["WRANGLER", "CHEROKEE"]),
         ("4T1FAKE", "TOYO", ["RAV4", "CAMRY"])]
DONE = [("LOF", "LUBE, OIL & FILTER", 79.95), ("MPI", "MULTI-POINT INSPECTION", 0.0), ("ROT", "TIRE ROTATION", 29.95),
        ("RECL", "RECALL 26V-000 CAMPAIGN", 0.0), ("DIAG", "DIAGNOSE CHECK ENGINE LIGHT", 159.95)]
DECLINED = [("CABF", "CABIN AIR FILTER", 62, None), ("ENGF", "ENGINE AIR FILTER", 45, None),
            ("WIPE", "WIPER BLADES, FRONT PAIR", 48, None), ("BATT", "REPLACE BATTERY", 220, "BATT {} CCA"),
            ("BFLU", "BRAKE FLUID EXCHANGE", 130, None), ("COOL", "COOLANT FLUSH", 185, None),
            ("ALGN", "4-WHEEL ALIGNMENT", 150, None), ("BRKF", "FRONT BRAKE PADS & ROTORS", 435, "FRT PADS {}MM"),
            ("BRKR", "REAR BRAKE PADS & ROTORS", 415, "REAR PADS {}MM"), ("TIRE4", "REPLACE 4 TIRES", 895, "FRT TREAD {}/32"),
            ("TIRE2", "REPLACE 2 REAR TIRES", 445, "RR TREAD {}/32"), ("STRT", "FRONT STRUTS (PAIR)", 985, None),
            ("TRAN", "TRANSMISSION FLUID SERVICE", 285, None), ("TBLT", "TIMING BELT & WATER PUMP", 1242, None),
            ("VCVG", "VALVE COVER GASKET - OIL SEEP", 545, None)]
YEAR_CODES = "9ABCDEFGHJKLMNPRS"  # 2009 to 2025
VALUES = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", [*range(10), 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9]))
WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]


def vin(prefix, year, serial, rng):
    text = f"{prefix}{rng.randrange(10)}0{YEAR_CODES[year - 2009]}Z{serial % 1_000_000:06d}"
    check = sum(VALUES[c] * w for c, w in zip(text, WEIGHTS)) % 11
    text = text[:8] + ("X" if check == 10 else str(check)) + text[9:]
    if rng.random() < 0.04:
        text = text[:9] + text[9:].replace("0", "O")
    return text


def date(day, form):
    if form == 0:
        return f"{day.month}/{day.day}/{day.year}"
    if form == 1:
        return day.isoformat()
    if form == 2:
        return str((day - datetime.date(1899, 12, 30)).days)
    if form == 3:
        return day.strftime("%d-%b-%y").upper()
    return day.strftime("%m%d%y")


def money(cents, rng):
    return ("$" if rng.random() < 0.45 else "") + f"{cents / 100:.2f}"


def cell(text):
    return f'"{text}"' if "," in text else text


def repair_order(number, day, serial, rng):
    last, first = rng.choice(LAST), rng.choice(FIRST)
    name = "BLUE HERON CATERING INC" if rng.random() < 0.04 else f"{last}, {first}" + (
        f" {rng.choice('ABCDEFGHJKLM')}" if rng.random() < 0.2 else "")
    area = rng.choice(["312", "414", "507", "612", "715", "920"])
    kinds = rng.choice(["C", "HC", "WC", "WH", "WHC", "H"])
    phones = "/".join(f"{k}:({area}) 555-{rng.randrange(100, 200):04d}" for k in kinds)
    email = rng.choice(["NONE", "REFUSED", ""]) if rng.random() < 0.2 else (
        f"{first.lower()}.{last.lower().replace(' ', '')}{serial}@example.{rng.choice(['com', 'net', 'org'])}")
    flags = ["", "1", "Y", "YES", "NO", "N", "0"]
    prefix, make, models = rng.choice(MAKES)
    year = rng.randrange(2009, 2026)
    start = [str(number), date(day, rng.randrange(5)), cell(name), phones, email, rng.choice(flags), rng.choice(flags),
             vin(prefix, year, serial, rng), str(year), make, rng.choice(models), str(rng.randrange(9_000, 190_000))]
    rows = []
    for line in range(1, rng.choice([1, 2, 2, 3, 3, 3, 4, 4, 5, 6, 6]) + 1):
        if rng.random() < 0.42:
            code, text, price, measure = rng.choice(DECLINED)
            value = rng.randrange(200, 390, 5) if code == "BATT" else rng.randrange(1, 5)
            severity = rng.choice(["[R]", "[Y]"])
            notes = f"{measure.format(value)} {severity}" if measure else severity if rng.random() < 0.85 else ""
            rest = ["R", code, cell(text), money(price * 100 + rng.randrange(40) * 25, rng),
                    "DEF" if rng.random() < 0.3 else "DECL", notes]
        else:
            code, text, price = rng.choice(DONE)
            rest = ["C", code, cell(text), money(round(price * 100), rng), "OK", ""]
        if rest[-1] == "" and rng.random() < 0.6:
            rest.pop()
        elif rng.random() < 0.03:
            rest.append("")
        rows.append(",".join(start + [str(line)] + rest))
    if rng.random() < 0.15:
        rows.append(",".join(start + [str(len(rows)), "D", "DISC", "MGR DISCOUNT",
                                      rng.choice(["-10.00", "10.00-", "(10.00)"]), "OK", ""]))
    return rows


def main():
    wanted = int(sys.argv[1])
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 8)
    out = sys.stdout
    out.write(COLUMNS + "\n")
    number, serial, written, held = 608_000, 0, 0, []
    while written < wanted:
        serial += 1
        number += rng.randrange(1, 5)
        day = datetime.date(2026, 2, 1) + datetime.timedelta(days=serial % 90)
        rows = repair_order(number, day, serial, rng)
        if not held and rng.random() < 0.15:
            held = rows
            continue
        if held:
            zipped = []
            for i in range(max(len(held), len(rows))):
                zipped += held[i:i + 1] + rows[i:i + 1]
            rows, held = zipped, []
        rows = rows[:wanted - written]
        out.write("\n".join(rows) + "\n")
        written += len(rows)


main()
