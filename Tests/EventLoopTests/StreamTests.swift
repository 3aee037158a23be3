import EventLoop
import Glibc
import LoopTesting
import Synchronization
import Testing

@Suite struct `Streams and listeners` {
  @Test(arguments: ["tcp", "unix"])
  func `bytes go both ways and the end is seen`(kind: String) async throws {
    let path = "/tmp/lakoo-stream-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
    defer { unlink(path) }
    let echoed = try await withLoop { loop in
      let address: SocketAddress = kind == "tcp" ? .tcp(host: "127.0.0.1", port: 0) : .unix(path: path)
      let listener = try Listener(loop, on: address) { stream in
        stream.startReading({ bytes in bytes.withUnsafeBytes { stream.write(Array($0)) } }) { _ in stream.close() }
      }
      let stream = try await Stream.connect(loop, to: listener.address ?? address)
      let heard: Int = await withCheckedContinuation { continuation in
        let count = Mutex(0)
        stream.startReading({ bytes in
          let total = count.withLock { count in
            count += bytes.byteCount
            return count
          }
          if total == 5 { stream.shutdown() }
        }) { _ in continuation.resume(returning: count.withLock { $0 }) }
        stream.write(Array("hello".utf8))
      }
      stream.close()
      listener.close()
      return heard
    }
    #expect(echoed == 5)
  }

  @Test func `a slow reader makes the writer wait and loses nothing`() async throws {
    let size = 8_000_000
    let received = try await withLoop { loop in
      let listener = try Listener(loop, on: .tcp(host: "127.0.0.1", port: 0)) { stream in
        stream.onDrain = { stream.close() }
        stream.write([UInt8](repeating: 7, count: size))
        #expect(stream.pendingBytes > 0)
      }
      let address = try #require(listener.address)
      let stream = try await Stream.connect(loop, to: address)
      try await loop.sleep(for: .milliseconds(30))
      return await withCheckedContinuation { continuation in
        let count = Mutex(0)
        stream.startReading({ bytes in
          let read = bytes.byteCount
          count.withLock { $0 += read }
        }) { _ in continuation.resume(returning: count.withLock { $0 }) }
      }
    }
    #expect(received == size)
  }

  @Test func `a port in use is refused by name`() async throws {
    try await withLoop { loop in
      let first = try Listener(loop, on: .tcp(host: "127.0.0.1", port: 0)) { _ in }
      let address = try #require(first.address)
      let error = #expect(throws: LoopError.self) { _ = try Listener(loop, on: address) { _ in } }
      #expect(error?.code == "EADDRINUSE")
    }
  }

  @Test func `nobody listening is an error`() async throws {
    try await withLoop { loop in
      let listener = try Listener(loop, on: .tcp(host: "127.0.0.1", port: 0)) { _ in }
      let address = try #require(listener.address)
      listener.close()
      try await loop.sleep(for: .milliseconds(5))
      let error = await #expect(throws: LoopError.self) { try await Stream.connect(loop, to: address) }
      #expect(error?.code == "ECONNREFUSED")
    }
  }
}

@Suite struct `Child processes and signals` {
  @Test func `a program's output and status come back`() async throws {
    let (status, output) = try await withLoop { loop in
      try await ChildProcess.run(
        .init(executable: "/bin/sh", arguments: ["-c", "echo out; echo err >&2; exit 3"]), on: loop)
    }
    #expect(status == 3)
    #expect(output.contains("out\n") && output.contains("err\n"))
  }

  @Test func `a program that is not there is an error`() async throws {
    try await withLoop { loop in
      let error = await #expect(throws: LoopError.self) {
        try await ChildProcess.run(.init(executable: "/no/such/program", arguments: []), on: loop)
      }
      #expect(error?.message == "can't start /no/such/program: no such file or directory")
    }
  }

  @Test func `a signal is a call on the loop`() async throws {
    try await withLoop { loop in
      await withCheckedContinuation { continuation in
        let sources = Mutex<[SignalSource]>([])
        let source = try? SignalSource(loop, signal: SIGUSR2) {
          #expect(loop.isCurrent)
          sources.withLock { for source in $0 { source.close() } }
          continuation.resume()
        }
        sources.withLock { $0 = [source].compactMap(\.self) }
        kill(getpid(), SIGUSR2)
      }
    }
  }
}
