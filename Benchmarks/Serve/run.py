"""What `revisit serve` does in a second and what it keeps in memory, on loopback, with a ledger that is durable at FULL.

usage: run.py REVISIT [TOUCHES] [TEXTS] [ROOFTOPS] [part ...]

Parts, all of them unless named: send (due texts through HTTP to a provider, settled), hooks (customers' texts in, against a Python service that
does the least; its interpreter needs Twilio's library), memory (that many rooftops at rest). Needs Linux, for /proc."""
import collections, datetime, http.client, json, os, shutil, signal, socket, sqlite3, ssl, statistics, subprocess, sys, tempfile, time
from zoneinfo import ZoneInfo

here = os.path.dirname(os.path.abspath(__file__))
parts_known = ["send", "hooks", "memory"]
numbers = [int(word) for word in sys.argv[2:] if word.isdigit()]
parts = [word for word in sys.argv[2:] if word in parts_known] or parts_known
revisit = os.path.abspath(sys.argv[1])
touches, texts, rooftops_many = (numbers + [2000, 1000, 1000][len(numbers):])[:3]
template = os.path.join(here, "../../templates/rooftop")
token, account = "not-a-secret-only-a-benchmark", "AC" + "0" * 32
environment = dict(os.environ, REVISIT_STDLIB=os.path.join(here, "../../stdlib"), REVISIT_TWILIO_AUTH_TOKEN=token, LC_ALL="C.UTF-8")
tick = os.sysconf("SC_CLK_TCK")

# Zones with an area code each, in states that have no hours of their own: at nearly every hour one of them may be texted.
PLACES = [
    ("America/Chicago", "IL", 217), ("America/Los_Angeles", "CA", 213), ("America/New_York", "NY", 212), ("Pacific/Honolulu", "HI", 808),
    ("Pacific/Guam", "GU", 671), ("America/Puerto_Rico", "PR", 787)]


def place():
    """Where it is day now, with an hour to spare."""
    for zone, state, code in PLACES:
        now = datetime.datetime.now(ZoneInfo(zone))
        if 8 <= now.hour < 20:
            return zone, state, code, now.date()
    sys.exit("no place of the United States may be texted now; try again in an hour")


# Processes


def processor(pid):
    """Seconds of processor time so far."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / tick


def busy():
    """Seconds that all processors together worked so far, for whomever."""
    with open("/proc/stat") as stat:
        fields = [int(field) for field in stat.readline().split()[1:]]
    return (sum(fields[:8]) - fields[3] - fields[4]) / tick


def memory(pid):
    """Resident kilobytes: all, and what is the process's own."""
    with open(f"/proc/{pid}/status") as status:
        found = dict(line.split(":", 1) for line in status)
    return int(found["VmRSS"].split()[0]), int(found["RssAnon"].split()[0])


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Process:
    """A helper whose first line is its port."""

    def __init__(self, words, **more):
        self.child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, **more)
        self.pid = self.child.pid
        self.port = int(self.child.stdout.readline())

    def line(self):
        return self.child.stdout.readline().split()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.kill()
        self.child.wait()


class Serve:
    """`revisit serve`, ready."""

    def __init__(self, folder, rooftops, provider_port, imports=None, authorities=None):
        self.port, self.folder = free_port(), folder
        self.public = f"http://127.0.0.1:{self.port}"
        with open(os.path.join(folder, "revisit.yaml"), "w") as config:
            config.write(
                f"database: {folder}/ledger.sqlite\nrooftops: {rooftops}\npublic_url: {self.public}\nhttp:\n  port: {self.port}\n"
                f"log:\n  level: warning\ntwilio:\n  account_sid: {account}\n  number: '+12175550100'\n  texts_per_second: 1000\n"
                + (f"  api_url: https://localhost:{provider_port}\n  ca_file: {authorities}\n" if authorities else f"  api_url: http://127.0.0.1:{provider_port}\n")
                + (f"imports: {imports}\n" if imports else ""))
        begun = time.monotonic()
        self.child = subprocess.Popen([revisit, "serve", "--config", os.path.join(folder, "revisit.yaml")], env=environment)
        self.pid = self.child.pid
        while not self.is_ready():
            if self.child.poll() is not None:
                sys.exit("revisit serve ended")
            time.sleep(0.005)
        self.start_seconds = time.monotonic() - begun
        self.start_processor = processor(self.pid)

    def is_ready(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def end(self):
        self.child.send_signal(signal.SIGTERM)
        if self.child.wait(60) != 0:
            sys.exit("revisit serve didn't end well")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()


def copies(folder, count, zone="America/Chicago", state="IL"):
    """Rooftops like the template, with ids of their own, that may write all day."""
    with open(os.path.join(template, "rooftop.lua")) as file:
        text = file.read()
    for number in range(count):
        to = os.path.join(folder, f"store{number:04d}")
        shutil.copytree(template, to)
        mine = text.replace('"mystore"', f'"store{number:04d}"').replace("mystore", f"store{number:04d}").replace("America/Chicago", zone)
        mine = mine.replace('"IL"', f'"{state}"').replace('"10:00"', '"08:00"').replace('"17:00"', '"21:00"').replace('"sunday"', "")
        with open(os.path.join(to, "rooftop.lua"), "w") as file:
            file.write(mine)
    return folder


# Due texts


def export(path, first, count, code, closed):
    """Repair orders whose texts of day 3 are due today, each of a customer and a vehicle of its own."""
    with open(path, "w") as file:
        file.write("RO,CLOSED,CUSTOMER,CELL,EMAIL,TEXT_OK,EMAIL_OK,VIN,YEAR,MAKE,MODEL,MILES,OP,DESCRIPTION,ESTIMATE,STATUS,NOTES\n")
        for n in range(first, first + count):
            start = f'{10000 + n},{closed:%m/%d/%Y},"LOPEZ, CUSTOMER{n}",({code}) {200 + n // 10000:03d}-{n % 10000:04d},,Y,,1FAFAKE09AZ{n:06d},2016,FORD,EXPLORER,48210,'
            file.write(start + "BRKR,REAR BRAKE PADS AND ROTORS,$412.50,DECLINED,REAR PADS 3MM [R]\n")
            file.write(start + 'TBLT,TIMING BELT AND WATER PUMP,"$1,250.00",DECLINED,\n')


def settled(ledger):
    return ledger.execute("SELECT count(*) FROM touch WHERE state = 'accepted'").fetchone()[0]


def sink(*tls):
    return Process([sys.executable, os.path.join(here, "sink.py"), str(touches), *tls])


def certificate(folder):
    """A certificate for localhost, its key, and a file of authorities with it among the system's: as much to read as in production."""
    own, key, all_of_them = (os.path.join(folder, name) for name in ("cert.pem", "key.pem", "authorities.pem"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", own], check=True, capture_output=True)
    with open(all_of_them, "w") as file:
        for path in (own, ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt"):
            with open(path) as one:
                file.write(one.read())
    return own, key, all_of_them


def double(folder):
    words = [sys.executable, os.path.join(here, "../../Tests/Peers/provider.py"), "--ledger", os.path.join(folder, "provider.jsonl"), "--token", token]
    return Process(words)


class Told:
    """Counts the texts in the ledger of the double, reading on where it stopped."""

    def __init__(self, path):
        self.lines, self.count = open(path, "rb"), 0

    def wait(self, count, pause):
        while self.count < count:
            place = self.lines.tell()
            line = self.lines.readline()
            if line.endswith(b"\n"):
                self.count += b'"kind": "accept"' in line
            else:
                self.lines.seek(place)
                time.sleep(pause)


Sent = collections.namedtuple("Sent", "rate processor_ms provider_share others")


def send(rooftop_count, with_double, with_tls):
    zone, state, code, today = place()
    with tempfile.TemporaryDirectory() as folder:
        rooftops = copies(os.path.join(folder, "rooftops"), rooftop_count, zone, state)
        each = touches // rooftop_count
        for number in range(rooftop_count):
            path = os.path.join(folder, f"export{number}.csv")
            export(path, number * each, each, code, today - datetime.timedelta(days=3))
            subprocess.run(
                [revisit, "import", os.path.join(rooftops, f"store{number:04d}"), path, "--database", os.path.join(folder, "ledger.sqlite")],
                env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        *pair, authorities = certificate(folder) if with_tls else [None]
        with double(folder) if with_double else sink(*pair) as provider, Serve(folder, rooftops, provider.port, authorities=authorities) as serve:
            if with_double:
                told = Told(os.path.join(folder, "provider.jsonl"))
                told.wait(1, 0.002)
            else:
                assert provider.line() == ["first"]
            begun, ours, theirs, everyone = time.monotonic(), processor(serve.pid), processor(provider.pid), busy()
            if with_double:
                told.wait(touches, 0.02)
            else:
                assert provider.line()[0] == "last"
            ledger = sqlite3.connect(f"file:{folder}/ledger.sqlite?mode=ro", uri=True)
            while settled(ledger) < touches:
                time.sleep(0.002)
            seconds = time.monotonic() - begun
            ours, theirs, everyone = processor(serve.pid) - ours, processor(provider.pid) - theirs, busy() - everyone
            ledger.close()
            serve.end()
        return Sent(touches / seconds, ours / touches * 1000, theirs / seconds, (everyone - ours - theirs) / seconds)


def commit_ms():
    """A commit of one small row in such a file, alone: the median of 300."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = sqlite3.connect(os.path.join(folder, "ledger.sqlite"), isolation_level=None)
        ledger.execute("PRAGMA journal_mode = WAL")
        ledger.execute("PRAGMA synchronous = FULL")
        ledger.execute("CREATE TABLE row (text TEXT)")
        taken = []
        for _ in range(300):
            begun = time.perf_counter()
            ledger.execute("INSERT INTO row VALUES ('a row')")
            taken.append((time.perf_counter() - begun) * 1000)
        return statistics.median(taken)


def report_send():
    print(f"\n{touches:,} due texts\n\n| | touches/s | processor ms a touch | the provider's use of a processor | others' |\n|---|---|---|---|---|", flush=True)
    for name, rooftop_count, with_double, with_tls in [
        ("1 rooftop, the fast sink", 1, False, False), ("8 rooftops, the fast sink", 8, False, False),
        ("1 rooftop, the fast sink, TLS", 1, False, True), ("8 rooftops, the fast sink, TLS", 8, False, True),
        ("1 rooftop, the tests' double", 1, True, False), ("8 rooftops, the tests' double", 8, True, False),
    ]:
        runs = sorted((send(rooftop_count, with_double, with_tls) for _ in range(3)), key=lambda run: run.rate)
        row = runs[1]
        print(
            f"| {name} | {row.rate:.0f} ({runs[0].rate:.0f}–{runs[2].rate:.0f}) | {row.processor_ms:.2f} | {row.provider_share:.0%} | {row.others:.0%} |",
            flush=True)
    print(f"\na commit alone: {commit_ms():.2f} ms")


# Customers' texts


def post(port, public, count, concurrency, seed):
    words = [sys.executable, os.path.join(here, "load.py"), str(port), token, public, str(count), str(concurrency), seed]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)


def report_hooks():
    peers_python = os.path.join(here, "../../.build/peers/bin/python")
    peers_python = peers_python if os.path.exists(peers_python) else sys.executable
    print("\n| texts in, at once | | requests/s | median ms | p99 ms | processor ms a request | ratio |\n|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        rooftops = copies(os.path.join(folder, "rooftops"), 1)
        public = "http://127.0.0.1:8080"
        with sink() as provider, Serve(folder, rooftops, provider.port) as serve, Process(
            [peers_python, os.path.join(here, "webhook_peer.py"), os.path.join(folder, "peer.sqlite"), token, public]
        ) as peer:
            for side in [(serve.port, serve.public), (peer.port, public)]:
                post(*side, 200, 4, "warm")
            for concurrency in [1, 8, 32, 128]:
                ours, theirs = [], []
                spent = {serve.pid: 0.0, peer.pid: 0.0}
                for turn in range(3):
                    for side, pid, results in [((serve.port, serve.public), serve.pid, ours), ((peer.port, public), peer.pid, theirs)]:
                        before = processor(pid)
                        results.append(post(*side, texts, concurrency, f"{concurrency} {turn}"))
                        spent[pid] += processor(pid) - before
                ratio = statistics.median(a["rate"] / b["rate"] for a, b in zip(ours, theirs))
                for name, results, pid, said in [("`revisit serve`", ours, serve.pid, f"{ratio:.2f}"), ("Python", theirs, peer.pid, "")]:
                    rate, median, p99 = (statistics.median(result[key] for result in results) for key in ("rate", "median", "p99"))
                    print(f"| {concurrency} | {name} | {rate:.0f} | {median:.2f} | {p99:.2f} | {spent[pid] / 3 / texts * 1000:.2f} | {said} |", flush=True)
            ledger = sqlite3.connect(f"file:{folder}/ledger.sqlite?mode=ro", uri=True)
            kept = ledger.execute("SELECT count(*) FROM inbound").fetchone()[0]
            ledger.close()
            serve.end()
            if kept != 200 + 4 * 3 * texts:
                sys.exit(f"{kept} texts are kept of {200 + 4 * 3 * texts} that were acknowledged")


# Rooftops at rest


Rest = collections.namedtuple("Rest", "start start_processor all_kb own_kb use")


def rest(count, with_imports, quiet_seconds=20):
    with tempfile.TemporaryDirectory() as folder:
        rooftops = copies(os.path.join(folder, "rooftops"), count)
        imports = os.path.join(folder, "imports") if with_imports else None
        if imports:
            os.mkdir(imports)
        with sink() as provider, Serve(folder, rooftops, provider.port, imports) as serve:
            time.sleep(10)
            begun, before = time.monotonic(), processor(serve.pid)
            time.sleep(quiet_seconds)
            use = (processor(serve.pid) - before) / (time.monotonic() - begun)
            all_kb, own_kb = memory(serve.pid)
            serve.end()
            return Rest(serve.start_seconds, serve.start_processor, all_kb, own_kb, use)


def report_memory():
    print("\n| rooftops at rest | exports watched for | start s | processor s | resident MB | own MB | KB a rooftop more | use of a processor |\n|---|---|---|---|---|---|---|---|")
    for with_imports in [False, True]:
        one = rest(1, with_imports)
        many = rest(rooftops_many, with_imports)
        for count, row in [(1, one), (rooftops_many, many)]:
            more = f"{(many.all_kb - one.all_kb) / (rooftops_many - 1):.1f}" if count > 1 else ""
            print(
                f"| {count:,} | {'yes' if with_imports else 'no'} | {row.start:.2f} | {row.start_processor:.2f} | {row.all_kb / 1024:.1f} "
                f"| {row.own_kb / 1024:.1f} | {more} | {row.use:.1%} |", flush=True)


reports = {"send": report_send, "hooks": report_hooks, "memory": report_memory}
for part in parts:
    reports[part]()
