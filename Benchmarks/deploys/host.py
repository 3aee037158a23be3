"""The host under test, as an operator sees it."""
import http.client, json, os, pathlib, random, re, signal, subprocess, time

TOKEN = "benchmark-admin-token-0123456789abcdef"


class Refused(Exception):
    """What the host answered instead of doing it."""

    def __init__(self, status, body):
        problem = body if isinstance(body, dict) else {}
        self.status, self.code = status, problem.get("code", "")
        self.detail = problem.get("detail", str(body)[:300])
        super().__init__(f"{status} {self.code}: {self.detail}")


class Host:
    def __init__(self, project, state, workers=2, **environment):
        self.project, self.state, self.process = project, pathlib.Path(state), None
        self.base = random.randrange(11000, 21000)  # below the ports that the kernel hands out
        self.log_path = self.state.parent / f"{self.state.name}.log"
        self.environment = {
            **os.environ, "LAKOO_PORT_BASE": str(self.base), "LAKOO_STATE": str(state), "LAKOO_LOG": "json",
            "LAKOO_WORKERS": str(workers), "LAKOO_ADMIN_TOKEN": TOKEN, **environment,
        }

    @property
    def gateway(self):
        return 8080 + self.base

    @property
    def admin_port(self):
        return 9090 + self.base

    # MARK: The process

    def start(self, timeout=60, **environment):
        """Returns the seconds until every worker serves."""
        begin = time.monotonic()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                [self.project.lakoo, "run", "--root", str(self.project.folder)],
                env={**self.environment, **environment}, stdout=log, stderr=log)
        while time.monotonic() < begin + timeout:
            if self.process.poll() is not None:
                raise RuntimeError(f"the host ended with {self.process.returncode}:\n{self.tail()}")
            try:
                self.deployment()
                return time.monotonic() - begin
            except (OSError, http.client.HTTPException):
                time.sleep(0.005)
        raise RuntimeError(f"the host does not answer:\n{self.tail()}")

    def stop(self, timeout=60):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def tail(self, lines=15):
        """The end of what the host itself said: without the lines of requests that went well."""
        told = [line for line in self.log_path.read_text().splitlines() if '"level":"info","bundle"' not in line]
        return "\n".join(told[-lines:])

    # MARK: The admin port

    def admin(self, method, path, body=None, token=TOKEN, timeout=120):
        connection = http.client.HTTPConnection("127.0.0.1", self.admin_port, timeout=timeout)
        headers = {"Authorization": f"Bearer {token}"}
        if isinstance(body, (bytes, bytearray)):
            headers["Content-Type"] = "application/octet-stream"
        elif body is not None:
            headers["Content-Type"], body = "application/json", json.dumps(body)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        try:
            content = json.loads(text)
        except ValueError:
            content = text.decode(errors="replace")
        if answer.status >= 300:
            raise Refused(answer.status, content)
        return content["data"]

    def deployment(self):
        return self.admin("GET", "/deployment", timeout=5)

    def serving(self):
        return [worker for worker in self.deployment()["workers"] if worker["state"] == "serving"]

    def deploy(self, file, query=""):
        return self.admin("POST", f"/deploy{query}", pathlib.Path(file).read_bytes())

    def rollback(self, bundle):
        return self.admin("POST", "/rollback", {"bundle": bundle})

    def live(self):
        return {bundle["bundle"]: bundle["release"] for bundle in self.deployment()["bundles"]}

    def wait_until(self, holds, timeout=30):
        """Returns the seconds until the deployment is as wanted."""
        begin = time.monotonic()
        while time.monotonic() < begin + timeout:
            try:
                if holds(self.deployment()):
                    return time.monotonic() - begin
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.005)
        raise RuntimeError(f"not within {timeout} s; the log's end:\n{self.tail()}")

    # MARK: Functions

    def get(self, path, timeout=10):
        connection = http.client.HTTPConnection("127.0.0.1", self.gateway, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            content = json.loads(answer.read())
            if answer.status >= 300:
                raise Refused(answer.status, content)
            return content["data"]
        finally:
            connection.close()

    def version(self, bundle):
        """Asks again when the connection is closed under the question: who counts failures is the load."""
        for _ in range(20):
            try:
                return self.get(f"/{bundle}/hello")["version"]
            except (ConnectionError, http.client.RemoteDisconnected):
                pass
        raise RuntimeError(f"{bundle} does not answer")


def proportional_memory(pid):
    """Bytes of a process, with its share of what others use, too."""
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) * 1024
