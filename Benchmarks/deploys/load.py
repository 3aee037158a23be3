#!/usr/bin/env python3
"""Steady load over kept connections, until SIGTERM or the time is up.

Every request is one of: a greeting, a look-up in the database, a write that its Idempotency-Key lets be repeated until
it is answered, a write that is not repeated. Prints a JSON summary; each failure is a line of its own in --failures."""
import argparse, asyncio, json, random, signal, time, uuid

PARTS = [("hello", 60), ("totals", 15), ("counts", 15), ("notes", 10)]
PATIENCE = 15


class Failure(Exception):
    """Why a request that was sent has no good answer."""


class Connection:
    """One kept connection: it opens when it is needed, and notices when the other side has closed it meanwhile."""

    def __init__(self, port, tally):
        self.port, self.tally, self.writer = port, tally, None

    async def request(self, method, path, body, headers=()):
        if self.writer and (self.reader.at_eof() or self.writer.is_closing()):
            self.tally.idle_closed += 1
            self.close()
        is_reused = self.writer is not None
        if not is_reused:
            await self.open()
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers]
        if method == "POST":
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        try:
            self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
            return await self.answer()
        except (ConnectionError, asyncio.IncompleteReadError, ValueError) as error:
            nothing = isinstance(error, asyncio.IncompleteReadError) and not error.partial
            kind = "closed unanswered" if nothing or isinstance(error, ConnectionError) else "cut off"
            raise Failure(f"{kind} on a {'reused' if is_reused else 'new'} connection") from error

    async def open(self):
        try:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            self.tally.opened += 1
        except OSError as error:
            raise Failure("connection refused") from error

    async def answer(self):
        head = await self.reader.readuntil(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        body = await self.reader.readexactly(int(fields.get(b"content-length", 0)))
        if fields.get(b"connection") == b"close":
            self.tally.told_to_close += 1
            self.close()
        return int(head[9:12]), body

    def close(self):
        if self.writer:
            self.writer.close()
        self.writer = None


class Tally:
    """What happened."""

    def __init__(self, failures):
        self.failures = open(failures, "w") if failures else None
        self.start = time.monotonic()
        self.latencies, self.failed, self.statuses, self.versions = {}, {}, {}, {}
        self.acknowledged, self.sent_once = {}, {}
        self.idle_closed = self.told_to_close = self.opened = self.requests = self.longest_gap = 0
        self.last_answer = self.start

    def answered(self, kind, status, began):
        now = time.monotonic()
        self.longest_gap = max(self.longest_gap, now - self.last_answer)
        self.last_answer = now
        self.latencies.setdefault(kind, []).append(now - began)
        self.statuses[status] = self.statuses.get(status, 0) + 1

    def fail(self, kind, bundle, why, began):
        self.failed[why] = self.failed.get(why, 0) + 1
        if self.failures:
            line = {"time": time.time(), "after": time.monotonic() - began, "kind": kind, "bundle": bundle, "why": why}
            print(json.dumps(line), file=self.failures, flush=True)

    def summary(self):
        times = sorted(t for all in self.latencies.values() for t in all)
        seconds = time.monotonic() - self.start
        at = lambda share: round(times[min(int(len(times) * share), len(times) - 1)] * 1000, 2) if times else None
        return {
            "requests": self.requests, "seconds": round(seconds, 1), "perSecond": round(len(times) / seconds),
            "failed": sum(self.failed.values()), "failures": self.failed, "statuses": self.statuses,
            "idleClosed": self.idle_closed, "toldToClose": self.told_to_close, "opened": self.opened,
            "milliseconds": {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": at(1)},
            "longestGap": round(self.longest_gap * 1000), "acknowledged": self.acknowledged,
            "notesAnswered": self.sent_once, "versions": self.versions,
        }


class Client:
    def __init__(self, options, tally):
        self.options, self.tally = options, tally
        self.connection = Connection(options.port, tally)

    async def run(self, stopping):
        pause = self.options.connections / self.options.rate
        await asyncio.sleep(random.random() * pause)
        due = time.monotonic()
        while not stopping.is_set():
            await self.once(random.choices(*zip(*PARTS))[0], random.choice(self.options.bundles))
            if random.random() < 1 / self.options.reopen:
                self.connection.close()
            due = max(due + pause, time.monotonic() - pause)
            await asyncio.sleep(due - time.monotonic())
        self.connection.close()

    async def once(self, kind, bundle):
        if kind in ("hello", "totals"):
            return await self.attempt(kind, bundle, "GET", b"")
        key = str(uuid.uuid4())
        body = json.dumps({"key": key}).encode()
        if kind == "notes":
            if await self.attempt(kind, bundle, "POST", body):
                self.tally.sent_once[bundle] = self.tally.sent_once.get(bundle, 0) + 1
            return
        for _ in range(50):
            if await self.attempt(kind, bundle, "POST", body, [f"Idempotency-Key: {key}"]):
                self.tally.acknowledged[bundle] = self.tally.acknowledged.get(bundle, 0) + 1
                return
            await asyncio.sleep(0.1)
        self.tally.fail(kind, bundle, "not done after 50 attempts", time.monotonic())

    async def attempt(self, kind, bundle, method, body, headers=()):
        began = time.monotonic()
        self.tally.requests += 1
        try:
            request = self.connection.request(method, f"/{bundle}/{kind}", body, headers)
            status, answer = await asyncio.wait_for(request, PATIENCE)
        except (Failure, asyncio.TimeoutError) as failure:
            self.connection.close()
            self.tally.fail(kind, bundle, str(failure) or "no answer in time", began)
            return False
        self.tally.answered(kind, status, began)
        if status >= 300:
            self.tally.fail(kind, bundle, f"{status} {answer.decode(errors='replace')[:160]}", began)
            return False
        if kind == "hello":
            version = f"{bundle} {json.loads(answer)['data']['version']}"
            self.tally.versions[version] = self.tally.versions.get(version, 0) + 1
        return True


async def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="the gateway's")
    parser.add_argument("--bundles", type=lambda text: text.split(","), required=True)
    parser.add_argument("--connections", type=int, default=24)
    parser.add_argument("--rate", type=float, default=300, help="requests a second, all connections together")
    parser.add_argument("--reopen", type=int, default=100, help="a connection lasts for so many requests on average")
    parser.add_argument("--seconds", type=float, default=0, help="0: until SIGTERM")
    parser.add_argument("--failures", help="a file")
    options = parser.parse_args()
    tally, stopping = Tally(options.failures), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    if options.seconds:
        asyncio.get_running_loop().call_later(options.seconds, stopping.set)
    await asyncio.gather(*(Client(options, tally).run(stopping) for _ in range(options.connections)))
    print(json.dumps(tally.summary()))


if __name__ == "__main__":
    asyncio.run(main())
