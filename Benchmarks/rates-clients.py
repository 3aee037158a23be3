"""One client within its limit of 1,000 requests a second, alone and beside another address that sends 10,000."""
import multiprocessing, socket, statistics, sys, time

port, rounds, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
ATTACK, BATCH, LIGHT = 10_000, 10, 200


def connect():
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def request(address):
    return f"GET /hello HTTP/1.1\r\nhost: x\r\nx-forwarded-for: {address}\r\n\r\n".encode()


def attack(running, sent, refused):
    """Sends its share at even times, whatever is answered."""
    connection, bytes_ = connect(), request("203.0.113.9") * BATCH
    connection.setblocking(False)
    due = time.perf_counter()
    while running.value:
        try:
            connection.send(bytes_)
            sent.value += BATCH
            refused.value += connection.recv(1 << 20).count(b"HTTP/1.1 429")
        except BlockingIOError:
            pass
        due = max(due + BATCH / ATTACK, time.perf_counter() - 0.1)
        time.sleep(max(0, due - time.perf_counter()))


def light():
    """The 99th percentile, in milliseconds, of one request after the other at even times."""
    connection, bytes_, times = connect(), request("203.0.113.10"), []
    end = time.perf_counter() + seconds
    due = time.perf_counter()
    while due < end:
        start = time.perf_counter()
        connection.sendall(bytes_)
        answer = connection.recv(65536)
        times.append(time.perf_counter() - start)
        assert answer.startswith(b"HTTP/1.1 200"), answer
        due = max(due + 1 / LIGHT, time.perf_counter())  # what was late is not made up for
        time.sleep(max(0, due - time.perf_counter()))
    return statistics.quantiles(times, n=100)[98] * 1000


def attacked():
    running, sent, refused = (multiprocessing.Value("q", start) for start in (1, 0, 0))
    attacker = multiprocessing.Process(target=attack, args=(running, sent, refused))
    attacker.start()
    time.sleep(0.3)
    result = light()
    running.value = 0
    attacker.join()
    return result, sent.value / (seconds + 0.3), refused.value / max(1, sent.value)


alone, beside = [], []
for number in range(1, rounds + 1):
    alone.append(light())
    latency, rate, share = attacked()
    beside.append(latency)
    print(f"round {number}: 99 % within {alone[-1]:.2f} ms alone, {latency:.2f} ms beside {rate:,.0f}/s, {share:.0%} refused")
a, b = statistics.median(alone), statistics.median(beside)
print(f"median: {a:.2f} ms alone, {b:.2f} ms beside the other, ratio {b / a:.2f}")
