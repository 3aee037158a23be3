"""The clients of Benchmarks/slow: one that wants answers, and thousands that only begin to ask."""
import multiprocessing, selectors, socket, ssl, sys, time

port, scheme = int(sys.argv[1]), sys.argv[2]
count, seconds, pause = int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])
workers = sys.argv[6:]

REQUEST = b"GET /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
# What a slow client begins with; a byte at a time follows. Over TLS it is the start of a handshake of 512 bytes.
START = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" if scheme == "https" else b"GET /hello HTTP/1.1\r\nHost: h\r\nX: "


class Slow:
    """One connection at a time, opened again when the server has ended it."""

    def __init__(self, selector):
        self.selector = selector
        self.open()

    def open(self):
        self.socket = socket.socket()
        self.socket.connect(("127.0.0.1", port))
        self.socket.setblocking(False)
        self.socket.send(START)
        self.since = time.monotonic()
        self.next = self.since + pause
        self.selector.register(self.socket, selectors.EVENT_READ, self)

    def trickle(self, now):
        self.next = now + pause
        try:
            self.socket.send(b"x")
        except OSError:
            pass  # its end is read next

    def end(self):
        """How long it has lasted; nil while there is more to read."""
        try:
            if self.socket.recv(4096):
                return None
        except BlockingIOError:
            return None
        except OSError:
            pass
        self.selector.unregister(self.socket)
        self.socket.close()
        return time.monotonic() - self.since


def hold(ready, stop, report):
    selector, lives = selectors.DefaultSelector(), []
    slow = [Slow(selector) for _ in range(count)]
    ready.set()
    while not stop.is_set():
        now = time.monotonic()
        for one in slow:
            if one.next <= now:
                one.trickle(now)
        for key, _ in selector.select(0.05):
            life = key.data.end()
            if life is not None:
                lives.append(life)
                key.data.open()
    report.put(lives)


def ask():
    """The time that one whole request takes, its connection included."""
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = CONTEXT.wrap_socket(plain) if scheme == "https" else plain
        connection.sendall(REQUEST)
        answer = b""
        while part := connection.recv(65536):
            answer += part
    assert answer.startswith(b"HTTP/1.1 200"), answer
    return time.monotonic() - begin


CONTEXT = ssl._create_unverified_context() if scheme == "https" else None


def measure():
    times, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        times.append(ask())
        time.sleep(0.01)
    return sorted(times)


def part(values, share):
    return values[min(len(values) - 1, int(len(values) * share))]


def told(values):
    return f"median {part(values, 0.5) * 1e3:.2f} ms, 99 % {part(values, 0.99) * 1e3:.2f} ms of {len(values)} requests"


def resident():
    total = 0
    for worker in workers:
        with open(f"/proc/{worker}/status") as status:
            total += next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    return total / 1024


ready, stop, report = multiprocessing.Event(), multiprocessing.Event(), multiprocessing.Queue()
print(f"a client alone: {told(measure())}")
before = resident()
holder = multiprocessing.Process(target=hold, args=(ready, stop, report))
holder.start()
ready.wait()
print(f"beside {count} slow ones: {told(measure())}")
after = resident()
stop.set()
lives = sorted(report.get())
holder.join()
if lives:
    print(f"{len(lives)} slow ones were ended: after {part(lives, 0.5):.1f} s (median), {lives[-1]:.1f} s at most")
print(f"workers: {before:.0f} MB before, {after:.0f} MB with them")
