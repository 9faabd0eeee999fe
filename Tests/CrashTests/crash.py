#!/usr/bin/env python3
"""Kills `revisit serve` again and again, and checks against the provider's own ledger that nothing was sent twice or lost.

    crash.py --revisit .build/debug/revisit --kills 200

It makes small worlds: two rooftops, some forty visits, the provider's double with faults, and serve on a clock that it moves. In each serve is
killed some times, at a failpoint or at a random instant, and started again; then time goes on without faults until every touch has ended, and
check.py says what is wrong. The seed is printed; REVISIT_SEED, or --seed, plays it again, and --world N one world of it. Instants of kills and
threads aren't the seed's: a world played again draws the same faults, failpoints and deeds, not the same interleaving.
"""
import argparse
import concurrent.futures
import os
import random
import shutil
import sys
import tempfile
import threading
import time
import traceback

import check
import world as worlds

COMMITS = ["plan", "turn", "intent", "settle", "give_up", "look", "report", "inbound"]
FAILPOINTS = [f"{name}.{side}_commit" for name in COMMITS for side in ("before", "after")] + [
    "send.before_look", "send.before_first_byte", "send.after_first_byte", "send.after_request", "send.after_answer",
    "mail.before_first_byte", "mail.before_dot", "mail.after_answer"]
# How many times a place may be passed before the death: some are reached at every turn, some by a batch of 8 or seldom.
TIMES = {"plan": 40, "turn": 40, "give_up": 40, "send": 9, "mail": 5, "report": 9, "intent": 3, "settle": 3, "look": 2, "inbound": 2}
FIGURES = ("texts", "mails", "uncertain", "parked", "opt_outs", "callbacks", "bounces")
KILLS_AT_A_POINT = 5
KILLS_AT_RANDOM = 8


def plan(kills, seed):
    """The worlds of a run: each failpoint, then random kills of one process, of two, and with a restored ledger."""
    made, left, number = [], kills, 0
    while left > 0:
        for point in FAILPOINTS + ["random", "two", "pause", "restore", "random", "two", "long"] * 2:
            if left <= 0:
                break
            count = min(left, KILLS_AT_RANDOM if point in ("random", "two", "restore", "long", "pause") else KILLS_AT_A_POINT)
            made.append({"kind": point, "kills": count, "seed": seed * 100_003 + number, "number": number})
            left -= count
            number += 1
    return made


def play(told):
    """One world, in a process of its own. Gives what is wrong and figures."""
    kind, rng = told["kind"], random.Random(told["seed"])
    folder = f"{told['folder']}/{told['number']:04d}"
    began = time.time()
    world = worlds.World(
        folder, told["seed"], told["template"], told["revisit"], fault_rate=0.4 if kind.startswith("look") else rng.choice([0, 0.15, 0.4]), processes=2 if kind == "two" else 1,
        restores=kind == "restore", horizon=worlds.LONG if kind == "long" else worlds.SHORT)
    wrong, figures = [], {}
    try:
        world.start_providers()
        for life in range(told["kills"]):
            failpoint = None
            if "." in kind:
                failpoint = f"{kind}:{rng.randint(1, TIMES[kind.split('.')[0]])}"
            if kind == "long" and life:
                world.start()
                world.await_serving()
                for _ in range(12):
                    world.advance(worlds.LONGEST_HOP)
                    time.sleep(0.2)
            # The first copy is of a ledger that hasn't sent anything yet.
            if kind == "restore" and life in (0, 3):
                world.copy_ledger()
            world.live(failpoint, pauses=kind == "pause")
            if kind == "restore" and life in (1, 2, 5):
                world.restore()
        world.finish()
        found, figures = check.check(world)
        wrong += found
    except worlds.Ended as error:
        wrong.append(str(error))
    except Exception:
        wrong.append("the test itself failed: " + traceback.format_exc())
    finally:
        world.close()
    if not wrong and not told["keep"]:
        shutil.rmtree(folder)
    return {**told, "wrong": wrong, "figures": figures, "killed": world.kills, "reached": world.reached, "seconds": time.time() - began}


def table(results):
    groups = {}
    for result in results:
        kind = {"two": "two processes, at random", "restore": "at random, ledger restored from copies", "random": "at random",
                "pause": "stopped until `not_after`, then at random",
                "long": "at random, over a month"}.get(result["kind"], "`" + result["kind"] + "`")
        group = groups.setdefault(kind, dict.fromkeys(("worlds", "killed", *FIGURES, "wrong"), 0))
        group["worlds"] += 1
        group["killed"] += result["killed"]
        group["wrong"] += len(result["wrong"])
        for name in FIGURES:
            group[name] += result["figures"].get(name, 0)
    lines = ["| killed | worlds | kills | texts | e-mails | uncertain | parked | opt-outs | callbacks | bounces | wrong |", "|---" + "|--:" * 10 + "|"]
    total = dict.fromkeys(next(iter(groups.values())), 0)
    for kind, group in groups.items():
        lines.append(f"| {kind} | " + " | ".join(str(value) for value in group.values()) + " |")
        total = {name: total[name] + value for name, value in group.items()}
    lines.append("| all | " + " | ".join(str(value) for value in total.values()) + " |")
    return "\n".join(lines), total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--revisit", required=True, help="the binary")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(os.environ.get("REVISIT_SEED") or random.randrange(1_000_000)))
    parser.add_argument("--world", type=int, help="only this one of the seed's worlds")
    parser.add_argument("--kind", help="only worlds of this kind: a failpoint, random, two, restore, long")
    parser.add_argument("--jobs", type=int, default=max(2, min(8, os.cpu_count() or 2)))
    parser.add_argument("--keep", action="store_true", help="keep every world's folder; one in which something is wrong is always kept")
    parser.add_argument("--while-stdin-open", action="store_true", help="end when stdin does, and everything with it")
    options = parser.parse_args()
    if options.while_stdin_open:
        # Not by sys.stdin: its lock would be held for ever in the forked workers, which close it.
        threading.Thread(target=lambda: (os.read(0, 1), os._exit(1)), daemon=True).start()
    folder = tempfile.mkdtemp(prefix="revisit-crash-")
    revisit = os.path.abspath(options.revisit)
    print(f"seed {options.seed}", flush=True)
    began = time.time()
    worlds.make_template(folder + "/template", revisit)
    planned = [
        {**told, "folder": folder, "template": folder + "/template", "revisit": revisit, "keep": options.keep}
        for told in plan(options.kills, options.seed)
        if options.world in (None, told["number"]) and options.kind in (None, told["kind"])]
    results = []
    with concurrent.futures.ProcessPoolExecutor(options.jobs, initializer=worlds.die_with_parent) as pool:
        for result in pool.map(play, planned):
            results.append(result)
            for line in result["wrong"]:
                print(f"world {result['number']} ({result['kind']}): {line}\n  {folder}/{result['number']:04d}", flush=True)
            if sys.stderr.isatty():
                print(f"\r{len(results)} of {len(planned)} worlds", end="", file=sys.stderr)
    text, total = table(results)
    print(f"{text}\n\n{total['killed']} kills in {time.time() - began:.0f} s, seed {options.seed}")
    unreached = sorted({result["kind"] for result in results if "." in result["kind"]} - {r["kind"] for r in results if r["reached"]})
    if unreached:
        print("never reached: " + ", ".join(unreached))
    if total["wrong"] or unreached:
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
