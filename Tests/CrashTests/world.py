"""One small world of a crash test: a ledger, the provider's double, a mail server, and `revisit serve`, which is killed and started again."""
import ctypes
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from datetime import datetime, timezone

from deeds import HOOK_SECRET, NUMBER, PUBLIC_URL, REPLY_DOMAIN, Deeds

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PEERS = os.path.join(ROOT, "Tests", "Peers")
# With the mail server's library; `make peers` makes it.
PYTHON = os.path.join(ROOT, ".build", "peers", "bin", "python")
ACCOUNT = "AC" + "0" * 32
TOKEN = "0123456789abcdef0123456789abcdef"
# A Tuesday's visits; Chicago's 10:00 of Friday is 16:00 UTC.
BEFORE = datetime(2026, 3, 4, 18, tzinfo=timezone.utc).timestamp()
START = datetime(2026, 3, 6, 15, 59, 50, tzinfo=timezone.utc).timestamp()
SHORT = datetime(2026, 3, 10, 6, tzinfo=timezone.utc).timestamp()
LONG = datetime(2026, 4, 12, 6, tzinfo=timezone.utc).timestamp()
# Below an outage of six hours, after which a backlog is spread.
LONGEST_HOP = 5 * 3600
OPEN_STATES = ("planned", "sending", "uncertain")
FAULTS = "429,500,503,500-after-accept,503-after-accept,reset-before-accept,reset-after-accept,half-open,stall,truncated,short,no-sid,html-408"
LIST_FAULTS = ["500@list", "truncated@list", "reset-before-accept@list", "half-open@list"]


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def free_port():
    """Below those that the system gives to connections, and not the seed's: another run may play the same one."""
    while True:
        port = random.SystemRandom().randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def customers(rooftop):
    """Rows of one rooftop's export: most customers are its own, some have two visits, a few are customers of both, one number says stop at the provider.

    The last third has no phone, and one of it no mailbox. One phone takes no texts, and its owner reads e-mail.
    """
    area = {"north": "217", "south": "312"}[rooftop]
    rows, number = [], 1000
    for place in range(27):
        visits = ["03/03/2026", "03/04/2026"] if place % 6 == 5 else ["03/04/2026" if place % 4 == 3 else "03/03/2026"]
        for visit in visits:
            number += 1
            phone = f"({area}) 555-{200 + place:04d}"
            if place == 0:
                phone = "(217) 555-0900"
            if place == 1:
                phone = f"(500) 992-16{10 if rooftop == 'north' else 14}"
            if place == 2:
                phone = "(500) 883-0003"
            if place >= 18:
                phone = ""
            mailbox = {2: "shared2", 18: "shared18", 19: "nobody." + rooftop}.get(place, f"person{place}.{rooftop}")
            rows.append((number, visit, place, phone, mailbox + "@example.com" if place == 2 or place >= 18 else ""))
    return rows


def make_template(folder, revisit):
    """A ledger with planned touches of two rooftops, taken in by `serve` itself."""
    os.makedirs(folder + "/rooftops")
    for name in ("north", "south"):
        target = f"{folder}/rooftops/{name}"
        shutil.copytree(ROOT + "/templates/rooftop", target)
        shutil.rmtree(target + "/tests")
        with open(target + "/rooftop.lua", encoding="utf-8") as file:
            text = file.read()
        text = text.replace('"mystore"', f'"{name}"').replace("My Store", name.capitalize() + " Motors").replace("book.example.com/mystore", f"book.example.com/{name}")
        # A window that one hop of the clock passes over.
        text = text.replace('close = "17:00"', 'close = "14:30"')
        with open(target + "/rooftop.lua", "w", encoding="utf-8") as file:
            file.write(text)
        os.makedirs(f"{folder}/imports/{name}")
        with open(f"{folder}/imports/{name}/ros-2026-03-04.csv", "w", encoding="utf-8") as file:
            file.write("RO,CLOSED,CUSTOMER,CELL,EMAIL,TEXT_OK,EMAIL_OK,VIN,YEAR,MAKE,MODEL,MILES,OP,DESCRIPTION,ESTIMATE,STATUS,NOTES\n")
            for number, visit, place, phone, email in customers(name):
                file.write(
                    f'{number},{visit},"PERSON{place}, ANN",{phone},{email},{"Y" if phone else ""},{"Y" if email else ""},1FAFAKE{name[0].upper()}{number:09d},2016,FORD,EXPLORER,48210,'
                    f'BRKR,REAR BRAKE PADS AND ROTORS,$412.50,DECLINED,REAR PADS 3MM [R]\n')
        os.utime(f"{folder}/imports/{name}/ros-2026-03-04.csv", (BEFORE - 60, BEFORE - 60))
    world = World(folder + "/first", 0, folder, revisit, imports=folder + "/imports")
    world.set_clock(BEFORE)
    world.start_providers()
    world.start()
    end = time.time() + 60
    while world.scalar("SELECT count(*) FROM touch WHERE state = 'planned'") < 150:
        world.must_live()
        if time.time() > end:
            raise RuntimeError(f"nothing was planned: {world.scalar('SELECT count(*) FROM touch')}\n" + world.log_tail())
        time.sleep(0.2)
        world.advance(6)
    world.end()
    world.close()
    if os.path.exists(folder + "/first/ledger.sqlite-wal"):
        raise RuntimeError("serve ended and left a log beside its ledger")
    shutil.copy(folder + "/first/ledger.sqlite", folder + "/ledger.sqlite")


class Ended(Exception):
    """serve ended by itself."""


class World(Deeds):
    def __init__(self, folder, seed, template, revisit, fault_rate=0.0, imports=None, processes=1, restores=False, horizon=SHORT):
        self.folder, self.seed, self.template, self.revisit = folder, seed, template, revisit
        self.rng = random.Random(seed)
        self.fault_rate, self.imports, self.processes, self.horizon, self.restores = fault_rate, imports, processes, horizon, restores
        self.serves = [None] * processes
        self.log_starts = [0] * processes
        self.provider = self.mail_server = None
        self.jumps = []
        self.kills = 0
        self.reached = 0
        self.pauses = 0
        self.copy_at = None
        # As when the ledger is restored on another machine.
        self.loses_journal = restores and seed % 2 == 1
        # Seconds between an acknowledgement here and what another process or the provider does at the same time.
        self.slack = 0.3 if processes == 1 else 1.5
        os.makedirs(folder, exist_ok=True)
        self.start_deeds()
        self.database = folder + "/ledger.sqlite"
        if imports is None:
            shutil.copy(template + "/ledger.sqlite", self.database)
            self.watch_rows()
        self.set_clock(START)

    # The clock

    def set_clock(self, instant):
        self.offset = instant - time.time()
        self.write_offset()

    def now(self):
        return time.time() + self.offset

    def advance(self, seconds):
        self.jumps.append((time.time(), self.offset))
        self.offset += seconds
        self.write_offset()

    def write_offset(self):
        with open(self.folder + "/clock.new", "w", encoding="utf-8") as file:
            file.write(f"{self.offset:.3f}\n")
        os.replace(self.folder + "/clock.new", self.folder + "/clock")

    # Processes

    def start_providers(self):
        self.ports = [free_port() for _ in range(self.processes)]
        self.provider = self.start_peer("python3", [
            PEERS + "/provider.py", "--ledger", self.folder + "/provider.jsonl", "--account", ACCOUNT, "--token", TOKEN, "--seed", str(self.seed),
            "--fault-rate", str(self.fault_rate), "--fault-kinds", FAULTS, "--clock", self.folder + "/clock", "--while-stdin-open", "--send-delay", "20",
            "--deliver-to", f"http://127.0.0.1:{self.ports[0]}", "--callbacks", "--callback-copies", "2", "--callback-shuffle", "--callback-delay", "0.03"])
        self.mail_server = self.start_peer(PYTHON, [
            PEERS + "/mail_server.py", self.folder + "/mail", "--ledger", self.folder + "/mail.jsonl", "--clock", self.folder + "/clock",
            "--seed", str(self.seed), "--fault-rate", str(self.fault_rate), "--calm", self.folder + "/calm"])
        self.provider_port, mail_port = int(self.provider.stdout.readline()), int(self.mail_server.stdout.readline())
        for place, port in enumerate(self.ports):
            with open(f"{self.folder}/revisit{place}.yaml", "w", encoding="utf-8") as file:
                file.write(f"database: {self.database}\nrooftops: {self.template}/rooftops\n")
                if self.imports:
                    file.write(f"imports: {self.imports}\n")
                file.write(
                    f"public_url: {PUBLIC_URL}\nhttp: {{ port: {port} }}\ntwilio:\n  account_sid: {ACCOUNT}\n  number: \"{NUMBER}\"\n"
                    f"  api_url: http://127.0.0.1:{self.provider_port}\n  texts_per_second: 50\n  answer_timeout_seconds: 1\n"
                    f"smtp:\n  host: 127.0.0.1\n  port: {mail_port}\n  security: none\n  from: service@example.com\n  reply_domain: {REPLY_DOMAIN}\n"
                    f"  timeout_seconds: 1\nmail: {{ maildir: {self.folder}/maildir }}\n")

    def start_peer(self, python, arguments):
        """One that ends when this process does."""
        with open(self.folder + "/peers.log", "ab") as log:
            return subprocess.Popen([python, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, preexec_fn=die_with_parent)

    def start(self, place=0, failpoint=None):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("REVISIT_")}
        environment.update(
            REVISIT_TWILIO_AUTH_TOKEN=TOKEN, REVISIT_MAIL_HOOK_SECRET=HOOK_SECRET, REVISIT_CLOCK=self.folder + "/clock", REVISIT_TURN_MILLISECONDS="20", REVISIT_STDLIB=ROOT + "/stdlib")
        if failpoint:
            environment["REVISIT_FAILPOINT"] = failpoint
        log = open(f"{self.folder}/serve{place}.log", "ab")
        self.log_starts[place] = log.tell()
        self.serves[place] = subprocess.Popen(
            [self.revisit, "serve", "--config", f"{self.folder}/revisit{place}.yaml"], env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=log, preexec_fn=die_with_parent)
        log.close()

    def lives(self, place=0):
        process = self.serves[place]
        return process is not None and process.poll() is None

    def await_serving(self, place=0):
        """Until it says that it serves: under load a start takes seconds, and deaths are to fall into its work as well."""
        end = time.time() + 30
        while time.time() < end and self.lives(place):
            with open(f"{self.folder}/serve{place}.log", "rb") as log:
                log.seek(self.log_starts[place])
                if b"serving" in log.read():
                    return
            time.sleep(0.005)

    def must_live(self):
        for process in self.serves:
            if process is not None and process.poll() not in (None, -signal.SIGKILL, -signal.SIGTERM, 0):
                raise Ended(f"serve ended by itself with {process.returncode}: {self.log_tail()}")

    def kill(self, place=0):
        self.must_live()
        process = self.serves[place]
        if process is None:
            return
        if process.poll() is None:
            process.kill()
        else:
            self.reached += 1
        process.wait()
        self.serves[place] = None
        self.kills += 1

    def end(self):
        """By SIGTERM, as an operator would."""
        for place, process in enumerate(self.serves):
            if process is not None and process.poll() is None:
                process.terminate()
                try:
                    status = process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    raise Ended("serve didn't end within 20 s of SIGTERM")
                if status != 0:
                    raise Ended(f"serve ended with {status} on SIGTERM: {self.log_tail()}")
            self.serves[place] = None

    def close(self):
        for process in self.serves + [self.provider, self.mail_server]:
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()

    def log_tail(self):
        text = ""
        for place in range(self.processes):
            with open(f"{self.folder}/serve{place}.log", encoding="utf-8", errors="replace") as file:
                text += file.read()[-1500:]
        return text

    # The ledger, read only: nothing here checkpoints or recovers it.

    def rows(self, sql, *arguments):
        try:
            connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5)
            try:
                return connection.execute(sql, arguments).fetchall()
            finally:
                connection.close()
        except sqlite3.OperationalError:
            return []

    def scalar(self, sql, *arguments):
        rows = self.rows(sql, *arguments)
        return rows[0][0] if rows else 0

    def watch_rows(self):
        """Every change of a touch's state or generation is written down in its own transaction, so that no step is missed."""
        connection = sqlite3.connect(self.database)
        connection.executescript("""
            CREATE TABLE IF NOT EXISTS crash_step (touch_id INTEGER, old_state TEXT, old_generation INTEGER, state TEXT, generation INTEGER);
            CREATE TRIGGER IF NOT EXISTS crash_watch AFTER UPDATE OF state, generation ON touch BEGIN
              INSERT INTO crash_step VALUES (OLD.id, OLD.state, OLD.generation, NEW.state, NEW.generation);
            END;""")
        # The copies begin two days later, and nothing stood still meanwhile.
        connection.execute("UPDATE rooftop SET last_turn_at = ?, spreading_per_hour = NULL, spreading_since = NULL", (int(START) - 60,))
        connection.execute("UPDATE setting SET value = ? WHERE name = 'texts_read'", (str(int(START) - 60).encode(),))
        connection.commit()
        connection.close()

    def next_event(self):
        """When something open will next be looked at; None when all that is due has ended."""
        instants = [
            self.scalar("SELECT min(look_at) FROM touch WHERE state = 'planned' AND due_at <= ?", self.horizon),
            self.scalar(
                "SELECT min(not_after) FROM touch JOIN attempt ON touch_id = touch.id AND attempt.generation = touch.generation WHERE state = 'sending'"),
            self.scalar(
                "SELECT min(attempt.look_at) FROM touch JOIN attempt ON touch_id = touch.id AND attempt.generation = touch.generation "
                "WHERE state = 'uncertain'"),
        ]
        return min((instant for instant in instants if instant), default=None)

    def hop(self):
        """To where there is something to do, though not so far that it looks like an outage."""
        event = self.next_event()
        longest = (self.scalar("SELECT min(last_turn_at) FROM rooftop") or START) + LONGEST_HOP - self.now()
        if event is not None and event > self.now() and longest > 0:
            self.advance(min(event - self.now() + self.rng.random() * 2, longest))

    # What operators do

    def copy_ledger(self):
        for ending in ("", "-wal"):
            if os.path.exists(self.database + ending):
                shutil.copy(self.database + ending, f"{self.folder}/copy{ending}")
        self.copy_at = self.now()

    def restore(self):
        for ending in ("", "-wal", "-shm") + (("-sent", "-sent-wal", "-sent-shm") if self.loses_journal else ()):
            if os.path.exists(self.database + ending):
                os.remove(self.database + ending)
        for ending in ("", "-wal"):
            if os.path.exists(f"{self.folder}/copy{ending}"):
                shutil.copy(f"{self.folder}/copy{ending}", self.database + ending)

    # The run

    def live(self, failpoint=None, pauses=False):
        """One life of each process, or of one of them, up to its death."""
        self.hop()
        for place in range(self.processes):
            if not self.lives(place):
                self.start(place, failpoint if place == 0 else None)
        rng = self.rng
        if pauses:
            self.await_serving()
            self.pause()
        if pauses or rng.random() < 0.85:
            self.await_serving()
            end = time.time() + (8.0 if failpoint else rng.uniform(0.0, 0.8))
        else:
            end = time.time() + (10.0 if failpoint else rng.uniform(0.05, 0.5))
        hopped = time.time()
        while time.time() < end:
            if failpoint and not self.lives():
                break
            time.sleep(rng.uniform(0.01, 0.05))
            if rng.random() < 0.03:
                self.control("faults", {"next": [rng.choice(LIST_FAULTS)]})
            if failpoint and time.time() - hopped > 0.6:
                hopped = time.time()
                self.hop()
            self.do_something()
            if failpoint and failpoint.startswith("inbound"):
                self.come_in()
        self.kill(0 if self.processes == 1 else rng.randrange(self.processes))

    def pause(self):
        """As when a machine is suspended: it stops in the middle of sends, and goes on when their time is over."""
        under_way = "SELECT min(not_after) FROM touch JOIN attempt ON touch_id = touch.id AND attempt.generation = touch.generation WHERE state = 'sending'"
        end = time.time() + 0.5
        while time.time() < end and self.lives():
            not_after = self.scalar(under_way)
            if not not_after:
                time.sleep(0.005)
                continue
            os.kill(self.serves[0].pid, signal.SIGSTOP)
            if 0 < not_after + 5 - self.now() < LONGEST_HOP:
                self.advance(not_after + 5 - self.now())
                self.pauses += 1
                # Longer than check.py allows for a jump between a gate and its byte.
                time.sleep(2.2)
            os.kill(self.serves[0].pid, signal.SIGCONT)
            return

    def finish(self):
        """No more faults and deaths: time goes on until every touch that fell due has ended."""
        self.control("faults", {"rate": 0, "clear": True})
        open(self.folder + "/calm", "w", encoding="utf-8").close()
        for place in range(self.processes):
            if not self.lives(place):
                self.start(place)
        # Long enough that what customers texted to nobody is listed.
        time.sleep(1.0)
        end = time.time() + 120
        waiting, event = time.time(), None
        while True:
            self.must_live()
            now_event = self.next_event()
            # Asked in one statement: a touch that goes from one state to another between two is in neither.
            if now_event is None and not self.open_touches():
                break
            if now_event is not None and now_event > self.now():
                self.hop()
            elif time.time() - waiting > 1 and now_event == event:
                # Held, halted, or spread after a long stop.
                self.advance(600)
                waiting = time.time()
            if now_event != event:
                waiting, event = time.time(), now_event
            if time.time() > end:
                raise Ended(f"I3: touches are still open after 120 s: {self.open_touches()}\n{self.log_tail()}")
            time.sleep(0.015)
        for _ in range(3):
            self.replay_callbacks()
        while os.listdir(self.folder + "/maildir/new") and time.time() < end:
            time.sleep(0.05)
        self.end()

    def open_touches(self):
        return self.rows(
            f"SELECT id, state, generation, look_at - {int(self.now())} FROM touch WHERE state IN {OPEN_STATES} AND due_at <= ?", self.horizon)
