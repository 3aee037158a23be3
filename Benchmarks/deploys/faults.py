"""The supervisor is killed after each step of a deploy: the next start finds the old deployment or the new one."""
import http.client, time

from host import Refused
from scenario import books, line, loaded, of_load, running, spread

STEPS = [
    "verify", "assemble", "bind", "load", "compatibility", "migrate", "warm", "record", "serve", "drain",
]


def faults(rounds=3):
    with running() as server:
        name = server.project.names[0]
        files = {version: server.project.file(name, version) for version in ("v2", "v3")}
        found, times, unreached = {}, [], set()
        with loaded(server, rate=100) as load:
            for number in range(rounds):
                for step in STEPS:
                    outcome, seconds = fault(server, name, files, step)
                    if seconds is None:
                        unreached.add(step)
                    else:
                        times.append(seconds * 1000)
                        found.setdefault(step, []).append(outcome)
        for step, outcomes in found.items():
            line("faults", f"killed after {step}", ", ".join(outcomes))
        if unreached:
            line("faults", "no such step", ", ".join(sorted(unreached)))
        line("faults", "next start to all workers serving", spread(times, " ms"))
        line("faults", "load meanwhile, which failures are part of", of_load(load, books(server, load)))


def fault(server, name, files, step):
    """Returns what was found, and the seconds of the next start; no seconds when the host does not know the step."""
    server.stop()
    server.start(LAKOO_FAULT_STEP=step)
    old, before = server.version(name), server.live()
    new = "v3" if old == "v2" else "v2"
    try:
        server.deploy(files[new])
        return "", None
    except Refused as refused:
        if refused.code != "already_live":
            raise
    except (OSError, http.client.HTTPException):
        pass
    server.process.wait(30)
    seconds = server.start()
    return check(server, name, old, new, before), seconds


def check(server, name, old, new, before):
    """The deployment is whole: what it says is live is what answers, everywhere and every time."""
    live = server.live()
    word = "old" if live == before else "new"
    expected = old if word == "old" else new
    answers = {server.version(name) for _ in range(10)}
    assert answers == {expected}, f"the record is the {word} one, and the answers are {answers}"
    for other in server.project.names:
        server.get(f"/{other}/totals")
    assert all(live[other] == before[other] for other in server.project.names if other != name)
    return word
