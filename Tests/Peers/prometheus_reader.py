#!/usr/bin/env python3
"""Reads Prometheus's text format on stdin with Prometheus's own parser; writes its samples as JSON."""
import json
import sys

from prometheus_client.parser import text_string_to_metric_families

samples = [
    {"name": sample.name, "labels": sample.labels, "number": repr(sample.value)}
    for family in text_string_to_metric_families(sys.stdin.read())
    for sample in family.samples
]
print(json.dumps(samples))
