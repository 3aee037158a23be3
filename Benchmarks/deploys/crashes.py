"""Functions that trap and functions that never give the loop back, and what their neighbours notice."""
import http.client, threading, time

from host import Refused
from scenario import books, line, loaded, of_load, running, spread
from under_load import fresh

VICTIM = "bundlea"


def traps(seconds=60):
    """One bundle traps all the time: with its quarantine, and with an operator who lifts that at once."""
    with running() as server:
        neighbours = server.project.names[1:]
        rounds = [("before", None), ("trapping", trap), ("trapping, quarantine lifted", trap_and_lift), ("after", None)]
        p99, failed = {}, {}
        for name, mischief in rounds:
            calls = []
            with loaded(server, names=neighbours) as load:
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    if mischief:
                        calls.append(mischief(server))
                    time.sleep(0.5)
            p99[name], failed[name] = load.summary["milliseconds"]["p99"], load.summary["failed"]
            answers = ", ".join(f"{calls.count(answer)} × {answer}" for answer in sorted(set(calls)))
            line("traps", f"neighbours, {name}", of_load(load) + (f"; the trapping calls: {answers}" if calls else ""))
            lift(server)
        quiet = (p99["before"] + p99["after"]) / 2
        for name, mischief in rounds:
            if mischief:
                line("traps", f"p99 {name} ÷ p99 without", f"{p99[name] / quiet:.2f}")


def trap(server):
    try:
        server.get(f"/{VICTIM}/trap")
    except Refused as refused:
        return f"{refused.status} {refused.code}"
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    return "200"


def trap_and_lift(server):
    answer = trap(server)
    lift(server)
    return answer


def lift(server):
    for quarantined in server.deployment()["quarantined"]:
        function = {"bundle": quarantined["bundle"], "function": quarantined["function"]}
        server.admin("POST", "/quarantine/lift", function)


def hangs(count=5):
    """A function turns in a circle: its worker is replaced."""
    with running() as server:
        times = []
        with loaded(server, names=server.project.names[1:]) as load:
            for _ in range(count):
                old = {worker["pid"] for worker in server.serving()}
                begin = time.monotonic()
                threading.Thread(target=hang, args=[server], daemon=True).start()
                server.wait_until(lambda status: fresh(status, old) == 1)
                times.append((time.monotonic() - begin) * 1000)
                time.sleep(2)
                lift(server)
        line("hangs", f"{count} functions that never return", of_load(load))
        line("hangs", "call to replacement serving, 'hang: 5s'", spread(times, " ms"))


def hang(server):
    try:
        server.get(f"/{VICTIM}/hang", timeout=60)
    except (Refused, OSError, http.client.HTTPException, ValueError):
        pass
