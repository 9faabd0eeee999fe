#!/usr/bin/env python3
"""Peers of dispatching: queues on SQLite at synchronous = FULL that run jobs which do nothing.

    python3 queue_peers.py JOBS

huey (pip install huey) takes one job at a time; bare sqlite3 makes two commits a batch of 200, as Revisit does, and has
neither policy, hooks nor lint. Prints jobs a second for each.
"""
import os
import sqlite3
import sys
import tempfile
import time

JOBS = int(sys.argv[1])
BATCH = 200


def bare(path):
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE job (id INTEGER PRIMARY KEY, due INTEGER, state TEXT)")
    db.execute("CREATE TABLE attempt (job INTEGER PRIMARY KEY, body TEXT, outcome TEXT)")
    db.execute("CREATE INDEX job_due ON job (due, id) WHERE state = 'planned'")
    db.execute("BEGIN")
    db.executemany("INSERT INTO job VALUES (?, 0, 'planned')", ((n,) for n in range(JOBS)))
    db.execute("COMMIT")
    start = time.perf_counter()
    while True:
        ids = db.execute("SELECT id FROM job WHERE due <= 0 AND state = 'planned' ORDER BY due, id LIMIT ?", (BATCH,)).fetchall()
        if not ids:
            return JOBS / (time.perf_counter() - start)
        db.execute("BEGIN IMMEDIATE")
        db.executemany("UPDATE job SET state = 'sending' WHERE id = ?", ids)
        db.executemany("INSERT INTO attempt VALUES (?, 'words', NULL)", ids)
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        db.executemany("UPDATE job SET state = 'accepted' WHERE id = ?", ids)
        db.executemany("UPDATE attempt SET outcome = 'accepted' WHERE job = ?", ids)
        db.execute("COMMIT")


def huey(path):
    from huey import SqliteHuey

    queue = SqliteHuey(filename=path, fsync=True, results=False)

    @queue.task()
    def nothing():
        pass

    jobs = min(JOBS, 5000)
    for _ in range(jobs):
        nothing()
    start = time.perf_counter()
    for _ in range(jobs):
        queue.execute(queue.dequeue())
    return jobs / (time.perf_counter() - start)


with tempfile.TemporaryDirectory() as folder:
    print(f"bare sqlite3, batches of {BATCH}: {bare(os.path.join(folder, 'bare')):.0f} jobs/s")
    try:
        print(f"huey: {huey(os.path.join(folder, 'huey')):.0f} jobs/s")
    except ImportError:
        print("huey: not installed; pip install huey")
