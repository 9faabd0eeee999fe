"""A hundred tests under revisit and under busted (Lua 5.4), and the time to each prompt, in one run, turn by turn.

usage: run.py REVISIT [RUNS]"""
import os, pty, statistics, sys, time

here = os.path.dirname(os.path.abspath(__file__))
revisit, runs = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20
shop = os.path.join(here, "shop")
environment = dict(os.environ, REVISIT_STDLIB=os.path.join(here, "../../stdlib"), TERM="xterm", LC_ALL="C.UTF-8")


def processor(words):
    """Processor and wall milliseconds of a command that must succeed."""
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execvpe(words[0], words, environment)
    _, status, usage = os.wait4(child, 0)
    if status != 0:
        sys.exit(f"{' '.join(words)} failed: {status}")
    return (usage.ru_utime + usage.ru_stime) * 1000, (time.monotonic() - begun) * 1000


def prompt(words):
    """Milliseconds from the start to the first prompt, on a pseudo-terminal."""
    begun = time.monotonic()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(words[0], words, environment)
    seen = b""
    while b"> " not in seen:
        piece = os.read(terminal, 4096)
        if not piece:
            sys.exit(f"{' '.join(words)} showed no prompt: {seen}")
        seen += piece
    taken = (time.monotonic() - begun) * 1000
    os.write(terminal, b"\x04")
    os.close(terminal)
    os.waitpid(child, 0)
    return taken


def row(name, values):
    print(f"| {name} | {min(values):.1f} | {statistics.median(values):.1f} | {max(values):.1f} |")


ours, theirs = [revisit, "test", shop], ["lua5.4", "/usr/bin/busted", "--helper=" + os.path.join(here, "busted_helper.lua"), os.path.join(shop, "tests/hundred_test.lua")]
our_prompt, their_prompt = [revisit, "repl", os.path.join(here, "../../templates/rooftop")], ["lua5.4", "-i"]
tests, busted, prompts, lua = [], [], [], []
for _ in range(runs):
    tests.append(processor(ours))
    busted.append(processor(theirs))
    prompts.append(prompt(our_prompt))
    lua.append(prompt(their_prompt))
print(f"{runs} runs, milliseconds\n\n| | least | median | most |\n|---|---|---|---|")
row("100 tests, `revisit test`: processor time", [t[0] for t in tests])
row("100 tests, busted on Lua 5.4: processor time", [t[0] for t in busted])
row("`revisit repl` to its prompt", prompts)
row("`lua5.4 -i` to its prompt", lua)
print(f"\nratio of the medians, tests: {statistics.median(t[0] for t in tests) / statistics.median(t[0] for t in busted):.2f}")
