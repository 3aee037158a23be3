"""What a worker and a bundle weigh, and how long a start and a switch-over take."""
import time

import host
from scenario import line, running, spread

MB = 1 << 20


def size(rounds=5):
    heap, supervisor = {}, {}
    for count in (3, 18):
        for workers in (1, 2, 4):
            with running(count, workers) as server:
                warm(server)
                heap[count, workers] = weigh(server)
                supervisor[count] = host.proportional_memory(server.process.pid) / MB
                if workers == 2:
                    starts(server, count, rounds)
                    switches(server, count, rounds)
        one, two, four = (sum(heap[count, workers]) for workers in (1, 2, 4))
        together = f"{one:.1f}, {two:.1f}, {four:.1f} MB (PSS, together)"
        line("size", f"{count} bundles: workers with 1, 2, 4 of them", together)
        line("size", f"{count} bundles: one more worker", f"{(four - two) / 2:.1f} MB")
        line("size", f"{count} bundles: the supervisor", f"{supervisor[count]:.1f} MB")
    each = (sum(heap[18, 1]) - sum(heap[3, 1])) / 15
    line("size", "one more bundle, in each worker", f"{each:.2f} MB (1 worker), "
         f"{(sum(heap[18, 4]) - sum(heap[3, 4])) / 15 / 4:.2f} MB (4 workers)")


def warm(server):
    """Every function of every worker has run."""
    for _ in range(30):
        for name in server.project.names:
            server.version(name)
            server.get(f"/{name}/totals")
    time.sleep(1)


def weigh(server):
    return [host.proportional_memory(worker["pid"]) / MB for worker in server.serving()]


def starts(server, count, rounds):
    line("size", f"{count} bundles: the very first start, its databases made", f"{server.cold * 1000:.0f} ms")
    times = []
    for _ in range(rounds):
        server.stop()
        times.append(server.start() * 1000)
    line("size", f"{count} bundles: start, PostgreSQL and 2 workers included", spread(times, " ms"))


def switches(server, count, rounds):
    name, steps, totals = server.project.names[0], {}, []
    server.deploy(server.project.file(name, "v2"))
    for _ in range(rounds):
        begin = time.monotonic()
        done = server.rollback(name)
        totals.append((time.monotonic() - begin) * 1000)
        for step in done["steps"]:
            steps.setdefault(step["name"], []).append(step["milliseconds"])
    parts = ", ".join(f"{step} {sorted(times)[len(times) // 2]}" for step, times in steps.items())
    line("size", f"{count} bundles: switch-over", f"{spread(totals, ' ms')}; median by step: {parts}")
