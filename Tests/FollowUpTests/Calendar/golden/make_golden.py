#!/usr/bin/env python3
"""Writes zones-2026.txt: how every US and Canadian zone reads on both daylight-saving days of 2026.

It reads the PyPI package `tzdata` (pip install tzdata), not the system's files, so that the golden says which release
of the tz database it comes from, and not Foundation, which the golden is there to check.

Each line: ZONE DATE DIRECTION RUNS. DIRECTION "local" gives, for each of the 96 quarter hours of that local date, local
time minus UTC of the instant that it names (fold=0: a gap moves forward, an overlap takes the first); "utc" gives the
offset at each quarter hour of that UTC date. RUNS: count x seconds, joined by commas.
"""
import datetime
import pathlib
import zoneinfo
from importlib import resources
from itertools import groupby

import tzdata

zoneinfo.reset_tzpath(to=[])  # only the tzdata package
UTC = datetime.timezone.utc
DATES = [datetime.date(2026, 3, 8), datetime.date(2026, 11, 1)]
QUARTERS = [datetime.timedelta(minutes=15 * k) for k in range(96)]


def identifiers():
    for line in resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text().splitlines():
        if line.startswith(("US\t", "CA\t")):
            yield line.split("\t")[2]


def seconds(delta):
    return int(delta.total_seconds())


def local_offsets(zone, date):
    midnight = datetime.datetime.combine(date, datetime.time())
    for quarter in QUARTERS:
        local = midnight + quarter
        instant = local.replace(tzinfo=zone, fold=0).astimezone(UTC).replace(tzinfo=None)
        yield seconds(local - instant)


def utc_offsets(zone, date):
    midnight = datetime.datetime.combine(date, datetime.time(), UTC)
    for quarter in QUARTERS:
        yield seconds((midnight + quarter).astimezone(zone).utcoffset())


def runs(offsets):
    return ",".join(f"{len(list(group))}x{offset}" for offset, group in groupby(offsets))


lines = [f"# tz database {tzdata.IANA_VERSION}; made by make_golden.py"]
for identifier in sorted(identifiers()):
    zone = zoneinfo.ZoneInfo(identifier)
    for date in DATES:
        lines.append(f"{identifier} {date} local {runs(local_offsets(zone, date))}")
        lines.append(f"{identifier} {date} utc {runs(utc_offsets(zone, date))}")
pathlib.Path(__file__).with_name("zones-2026.txt").write_text("\n".join(lines) + "\n")
