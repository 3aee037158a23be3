"""What the scenarios share: a fresh host, load beside it, and what must add up afterwards."""
import contextlib, json, os, pathlib, shutil, statistics, subprocess, sys, tempfile, time

import bundles, host

HERE = pathlib.Path(__file__).resolve().parent


@contextlib.contextmanager
def scratch():
    folder = tempfile.mkdtemp(dir="/var/tmp", prefix="lakoo-deploys.")  # not /tmp, which may be in memory
    os.chmod(folder, 0o711)
    try:
        yield pathlib.Path(folder)
    finally:
        if "KEEP" in os.environ:
            print(f"# kept: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(count=3, workers=2, **environment):
    """A host with so many bundles, stopped at the end; its cluster, too."""
    with scratch() as folder:
        project = bundles.Project(folder / "project", count)
        project.write("v1")
        server = host.Host(project, folder / "state", workers, **environment)
        server.cold = server.start()
        try:
            yield server
        finally:
            if "KEEP" not in os.environ and sys.exc_info()[0]:
                print(server.tail(40), file=sys.stderr)
            if server.process.poll() is not None:
                server.start()  # takes over the PostgreSQL server that a killed one left
            server.stop()


class Load:
    def __init__(self, server, rate=300, connections=24, names=None):
        self.failures = server.state.parent / f"failures-{time.monotonic_ns()}"
        self.process = subprocess.Popen(
            [sys.executable, HERE / "load.py", "--port", str(server.gateway), "--bundles",
             ",".join(names or server.project.names), "--rate", str(rate), "--connections", str(connections),
             "--failures", self.failures], stdout=subprocess.PIPE, text=True)

    def stop(self):
        self.process.terminate()
        self.summary = json.loads(self.process.communicate(timeout=60)[0])
        return self.summary

    def failed(self):
        return [json.loads(line) for line in self.failures.read_text().splitlines()]


@contextlib.contextmanager
def loaded(server, **options):
    load = Load(server, **options)
    time.sleep(1)
    try:
        yield load
    except BaseException:
        load.process.kill()
        load.process.wait()
        raise
    load.stop()


def books(server, *loads):
    """Returns the sentences that say what does not add up: writes lost or doubled, events lost."""
    wrong, names = [], server.project.names
    for index, name in enumerate(names):
        if not all(works(server, each) for each in (name, names[(index + 1) % len(names)])):
            wrong.append(f"{name}: its totals can't be asked for")
            continue
        wanted = sum(load.summary["acknowledged"].get(name, 0) for load in loads)
        noted = sum(load.summary["notesAnswered"].get(name, 0) for load in loads)
        listener = names[(index + 1) % len(names)]
        deadline = time.monotonic() + 20
        while server.get(f"/{listener}/totals")["heard"] < wanted and time.monotonic() < deadline:
            time.sleep(0.2)
        totals, heard = server.get(f"/{name}/totals"), server.get(f"/{listener}/totals")["heard"]
        if totals["counted"] != wanted:
            wrong.append(f"{name}: {wanted} counts answered, {totals['counted']} in the database")
        if heard != totals["counted"]:
            wrong.append(f"{name}: {totals['counted']} events, {heard} heard")
        if totals["noted"] < noted:
            wrong.append(f"{name}: {noted} notes answered, {totals['noted']} in the database")
    return wrong


def works(server, name):
    try:
        server.get(f"/{name}/totals")
        return True
    except host.Refused:
        return False


def line(*cells):
    """A row of the table."""
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def of_load(load, wrong=None):
    """What a caller noticed; and whether the books match, where they were looked at."""
    summary = load.summary
    kinds = ", ".join(f"{count} × {why}" for why, count in list(summary["failures"].items())[:6])
    told = [
        f"{summary['requests']} requests at {summary['perSecond']}/s",
        f"{summary['failed']} failed" + (f" ({kinds})" if kinds else ""),
        f"{summary['idleClosed']} idle connections closed",
        f"p99 {summary['milliseconds']['p99']} ms", f"max {summary['milliseconds']['max']} ms",
    ]
    if wrong is not None:
        told.append("; ".join(wrong) or "books match")
    return ", ".join(told)


def spread(values, unit=""):
    values = sorted(values)
    p90 = values[-(-len(values) * 9 // 10) - 1]
    return f"median {statistics.median(values):.0f}{unit}, p90 {p90:.0f}{unit}, max {values[-1]:.0f}{unit}"
