"""The same message through lupa (Lua 5.4 in Python) and through Redis FCALL over a unix socket.

    python3 peers.py [REDIS_SERVER]

Needs the PyPI packages lupa and redis; redis-server for its row.
"""
import shutil, statistics, subprocess, sys, tempfile, time, pathlib, json

here = pathlib.Path(__file__).parent
script = (here / "Sources/SandboxBenchmark/message.lua").read_text()
ITEM = {"op_code": "BRKR", "name": "rear brake pads and rotors", "category": "BRKR", "tier": "mid", "safety": False, "price_cents": 41250,
        "condition_value": 3.0, "condition_unit": "mm"}
WIPERS = {"op_code": "WIPE", "name": "wiper blades", "category": "WIPE", "tier": "mid", "safety": False, "price_cents": 4890}
TOUCH = {
    "kind": "reminder", "day": 3, "channel": "sms", "now": "2026-03-06 10:00", "late": False, "visit_on": "2026-03-03", "visit_day": "Tuesday, March 3",
    "booking_link": "https://book.example/hillside", "item": ITEM, "items": [ITEM, WIPERS],
    "customer": {"name": "Ana Reyes", "first_name": "Ana", "business": False, "text_ok": True},
    "vehicle": {"year": 2016, "make": "Ford", "model": "Bolt EV", "name": "2016 Ford Bolt EV"},
    "rooftop": {"name": "Hillside Motors", "phone": "(312) 555-0142", "zone": "America/Chicago"},
}


def microseconds(call, rounds=7, calls=2000):
    figures = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        figures.append((time.perf_counter() - start) / calls * 1e6)
    return statistics.median(figures)


def lupa_row():
    from lupa import lua54
    runtime = lua54.LuaRuntime()
    sms = runtime.execute(script).sms
    convert = lambda value: runtime.table_from({k: convert(v) for k, v in value.items()}) if isinstance(value, dict) else (
        runtime.table_from([convert(v) for v in value]) if isinstance(value, list) else value)
    return microseconds(lambda: sms(convert(TOUCH))), sms(convert(TOUCH))


def redis_row():
    import redis
    server = shutil.which(sys.argv[1] if len(sys.argv) > 1 else "redis-server")
    if not server:
        raise RuntimeError("redis-server is not installed")
    with tempfile.TemporaryDirectory() as folder:
        socket = folder + "/redis.sock"
        process = subprocess.Popen([server, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder], stdout=subprocess.DEVNULL)
        try:
            client = redis.Redis(unix_socket_path=socket)
            for _ in range(100):
                try:
                    client.ping()
                    break
                except redis.ConnectionError:
                    time.sleep(0.05)
            # Functions there are Lua 5.1, without require of files; the touch travels as JSON.
            body = script.replace("return {", "local message = {", 1)
            client.function_load("#!lua name=messages\n" + body + "\nredis.register_function('sms', function(keys, args) return message.sms(cjson.decode(args[1])) end)")
            call = lambda: client.fcall("sms", 0, json.dumps(TOUCH))
            return microseconds(call), call().decode()
        finally:
            process.terminate()
            process.wait()


for name, measure in [("lupa: the script called from Python", lupa_row), ("Redis FCALL over a unix socket", redis_row)]:
    try:
        figure, text = measure()
        print(f"{name:58}{figure * 1000:.0f} ns   {text[:40]}…")
    except Exception as error:
        print(f"{name:58}not measured: {error}")
