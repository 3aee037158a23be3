import EventLoop
import Glibc
import HTTPClient
import Testing

@Suite struct `A failed exchange` {
  @Test func `ends at its deadline`() async throws {
    try await withServer({ _, _ in }) { client, server, _ in
      let start = ContinuousClock.now
      let error = try await failure(client, .init(url: server.origin + "/slow?key=secret", timeout: .milliseconds(100)))
      #expect(error?.code == .timedOut && error?.mayHaveArrived == true)
      #expect(error?.message == "GET 127.0.0.1/slow: no complete response within 0.1 seconds")
      #expect(ContinuousClock.now - start < .seconds(3))
    }
  }

  @Test func `ends at its deadline though it never got a connection`() async throws {
    try await withServer({ _, _ in }) { client, server, loop in
      let url = server.origin + "/"
      let busy = (0..<32).map { _ in Task(executorPreference: loop) { try await failure(client, .init(url: url)) } }
      try await loop.sleep(for: .milliseconds(200))
      let error = try await failure(client, .init(url: url, timeout: .milliseconds(100)))
      #expect(error?.code == .timedOut && error?.mayHaveArrived == false)
      client.close()
      for task in busy {
        let error = try await task.value
        #expect(error?.code == .cancelled)
      }
    }
  }

  @Test func `tells that the response broke off`() async throws {
    try await withServer({ _, stream in
      stream.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".utf8))
      stream.close()
    }) { client, server, _ in
      let error = try await failure(client, .init(url: server.origin + "/"))
      #expect(error?.code == .failed && error?.mayHaveArrived == true)
    }
  }

  @Test func `tells that nobody listens, and that nothing was sent`() async throws {
    try await withServer({ _, _ in }) { client, server, _ in
      let url = server.origin + "/"
      server.close()
      let error = try await failure(client, .init(method: "POST", url: url))
      #expect(error?.code == .connectFailed && error?.mayHaveArrived == false)
      #expect(error?.message.hasPrefix("POST 127.0.0.1/: ") == true)
    }
  }

  @Test func `tells that a server does not speak TLS`() async throws {
    try await withServer({ _, _ in }) { _, server, loop in
      let plain = try RawServer(loop) { _, _ in }
      defer { plain.close() }
      let greeter = try Listener(loop, on: .tcp(host: "127.0.0.1", port: 0)) { $0.answer("plain") }
      defer { greeter.close() }
      guard case .tcp(_, let port) = greeter.address else { return }
      let client = try HTTPClient(loop: loop, allowedOrigins: nil)
      defer { client.close() }
      let error = try await failure(client, .init(url: "https://127.0.0.1:\(port)/"))
      #expect(error?.code == .tls && error?.mayHaveArrived == false)
    }
  }

  @Test(.enabled(if: access("/usr/bin/openssl", X_OK) == 0))
  func `tells that nobody vouches for the server's certificate`() async throws {
    try await withServer({ _, _ in }) { _, server, loop in
      let (port, files) = (server.port, "/tmp/lakoo-tls-\(getpid())")
      server.close()
      let script = """
        openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
          -keyout \(files).key -out \(files).crt 2>/dev/null
        exec openssl s_server -quiet -www -accept 127.0.0.1:\(port) -key \(files).key -cert \(files).crt
        """
      let tls = try ChildProcess(loop, .init(executable: "/bin/sh", arguments: ["-c", script])) { _, _ in }
      let client = try HTTPClient(loop: loop, allowedOrigins: nil)
      defer {
        client.close()
        unlink("\(files).key")
        unlink("\(files).crt")
      }
      var error: HTTPClientError?
      repeat {
        try await loop.sleep(for: .milliseconds(50))
        error = try await failure(client, .init(url: "https://127.0.0.1:\(port)/"))
      } while error?.code == .connectFailed && tls.isRunning
      tls.kill(SIGKILL)
      // A child that nobody has waited for hides the ends of others from who waits for any.
      while tls.isRunning { try await loop.sleep(for: .milliseconds(2)) }
      #expect(error?.code == .tls && error?.mayHaveArrived == false)
      #expect(error?.message.contains("certificate") == true)
    }
  }

  @Test func `stops reading a body or a head that is too large`() async throws {
    try await withServer({ request, stream in
      let long = String(repeating: "x", count: 70_000)
      request.line.contains("/head") ? stream.answer("", headers: "X-A: \(long)\r\n") : stream.answer(long)
    }) { client, server, _ in
      let error = try await failure(client, .init(url: server.origin + "/body", maxResponseBytes: 69_999))
      #expect(error?.code == .tooLarge)
      let fitting = try await failure(client, .init(url: server.origin + "/body", maxResponseBytes: 70_000))
      #expect(fitting == nil)
      let head = try await failure(client, .init(url: server.origin + "/head"))
      #expect(head?.code == .tooLarge)
    }
  }

  @Test func `ends at once when its task is cancelled`() async throws {
    try await withServer({ _, _ in }) { client, server, loop in
      let url = server.origin + "/"
      let task = Task(executorPreference: loop) { try await failure(client, .init(url: url)) }
      while server.requests.isEmpty { try await loop.sleep(for: .milliseconds(2)) }
      let start = ContinuousClock.now
      task.cancel()
      let error = try await task.value
      #expect(error?.code == .cancelled && error?.mayHaveArrived == true)
      #expect(ContinuousClock.now - start < .seconds(3))
      let late = Task(executorPreference: loop) {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await failure(client, .init(url: url))
      }
      let lateError = try await late.value
      #expect(lateError?.code == .cancelled && lateError?.mayHaveArrived == false)
      #expect(server.requests.count == 1)
    }
  }

  /// The server takes the second request on a kept connection and hangs up.
  @Test(arguments: [("POST", 2), ("GET", 3)])
  func `is repeated on a new connection only when that is safe`(method: String, sendings: Int) async throws {
    try await withServer({ request, stream in
      request.head.contains("X-Drop: 1") ? stream.close() : stream.answer("ok")
    }) { client, server, _ in
      _ = try await client.send(.init(url: server.origin + "/"))
      let error = try await failure(client, .init(method: method, url: server.origin + "/", headers: [("X-Drop", "1")]))
      #expect(error?.code == .failed && error?.mayHaveArrived == true)
      #expect(server.requests.count == sendings)
    }
  }

  @Test func `after the client was closed`() async throws {
    try await withServer({ _, stream in stream.answer("ok") }) { client, server, _ in
      client.close()
      let error = try await failure(client, .init(url: server.origin + "/"))
      #expect(error?.code == .cancelled)
    }
  }
}
