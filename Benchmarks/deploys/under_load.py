"""Deploys, rollbacks and upgrades that no caller may notice, and workers that are killed."""
import os, random, signal, time

from scenario import Load, books, line, loaded, of_load, running, spread


def deploys(count=50):
    """As many deploys and rollbacks in turns: whoever calls must not notice."""
    with running() as server:
        files = {name: server.project.file(name, "v2") for name in server.project.names}
        steps, totals, deployed = {}, [], set()
        with loaded(server) as load:
            for number in range(count * 2):
                name = server.project.names[number // 2 % 3]
                begin = time.monotonic()
                if number % 2:
                    done = server.rollback(name)
                elif name in deployed:
                    done = server.admin("POST", f"/deploy?release={deployed_release(server, name)}")
                else:
                    done = server.deploy(files[name])
                    deployed.add(name)
                totals.append((time.monotonic() - begin) * 1000)
                for step in done["steps"]:
                    steps.setdefault(step["name"], []).append(step["milliseconds"])
                version, wanted = server.version(name), "v1" if number % 2 else "v2"
                assert version == wanted, f"{name} answers {version}, not {wanted}, after change {number}"
        line("deploys", f"{count} deploys and {count} rollbacks", of_load(load, books(server, load)))
        line("deploys", "request to answer", spread(totals, " ms"))
        for name, times in steps.items():
            line("deploys", f"step {name}", spread(times, " ms"))


def deployed_release(server, name):
    bundle = next(bundle for bundle in server.deployment()["bundles"] if bundle["bundle"] == name)
    return bundle["previous"]


def upgrades(count=10):
    """The host's own program is replaced in place."""
    with running() as server:
        times = []
        with loaded(server) as load:
            for _ in range(count):
                old = {worker["pid"] for worker in server.serving()}
                begin = time.monotonic()
                server.admin("POST", "/upgrade", {"program": server.project.lakoo})
                server.wait_until(lambda status: fresh(status, old) == 2)
                times.append((time.monotonic() - begin) * 1000)
                assert server.process.poll() is None, "the supervisor has ended"
        line("upgrades", f"{count} upgrades in place", of_load(load, books(server, load)))
        line("upgrades", "request to new workers serving", spread(times, " ms"))


def fresh(status, old):
    return sum(worker["state"] == "serving" and worker["pid"] not in old for worker in status["workers"])


def stops(count=60):
    """The host is asked to stop at any moment after its start, also while its first events are under way."""
    with running() as server:
        load, times = Load(server, rate=150), []
        try:
            for number in range(count):
                time.sleep(number % 10 * 0.03)
                begin = time.monotonic()
                server.stop()
                times.append((time.monotonic() - begin) * 1000)
                server.start()
        finally:
            load.process.kill()
            load.process.wait()
        line("stops", f"{count} stops under load", spread(times, " ms"))


def kills(count=100):
    """A worker is killed, and again, and again: so often that replacements are waited with, and seldom."""
    with running() as server:
        loads = []
        for title, number, pause in [("one a second", count, 1), ("one in 11 s", count // 10, 11)]:
            with loaded(server) as load:
                times = [kill(server, pause) for _ in range(number)]
            loads.append(load)
            failed = load.summary["failed"]
            line("kills", f"{number} workers killed, {title}", of_load(load))
            line("kills", f"{title}: failed requests per kill", f"{failed / number:.2f}")
            line("kills", f"{title}: kill to replacement serving", spread(times, " ms"))
        line("kills", "afterwards", "; ".join(books(server, *loads)) or "books match")


def kill(server, pause):
    """Returns the milliseconds until another worker serves."""
    workers = server.serving()
    old, victim = {worker["pid"] for worker in workers}, random.choice(workers)
    begin = time.monotonic()
    os.kill(victim["pid"], signal.SIGKILL)
    server.wait_until(lambda status: fresh(status, old) == 1)
    taken = time.monotonic() - begin
    time.sleep(max(0, pause - taken))
    return taken * 1000
