import EventLoop
import Glibc
import LoopTesting
import Testing

@Suite struct `The loop as an executor` {
  @Test func `a handler, its children and its continuations stay on the loop's thread`() async throws {
    let strays = try await withLoop { loop in
      var strays = loop.isCurrent ? 0 : 1
      for _ in 0..<100 {
        await Task.yield()
        strays += loop.isCurrent ? 0 : 1
      }
      try await loop.sleep(for: .milliseconds(5))
      strays += loop.isCurrent ? 0 : 1
      _ = try await loop.offload { usleep(2000) }
      strays += loop.isCurrent ? 0 : 1
      try await Task.sleep(for: .milliseconds(5))
      strays += loop.isCurrent ? 0 : 1
      return await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<8 {
          group.addTask {
            await Task.yield()
            return loop.isCurrent
          }
        }
        return await group.reduce(strays) { $0 + ($1 ? 0 : 1) }
      }
    }
    #expect(strays == 0)
  }

  @Test func `offloaded work runs elsewhere and its error comes back`() async throws {
    struct Boom: Error {}
    try await withLoop { loop in
      let isCurrent = try await loop.offload { loop.isCurrent }
      #expect(!isCurrent)
      await #expect(throws: Boom.self) { try await loop.offload { throw Boom() } }
    }
  }

  @Test func `other threads wake the loop`() async throws {
    let answer = try await withLoop { loop in
      await withCheckedContinuation { continuation in
        Thread { loop.execute { continuation.resume(returning: loop.isCurrent) } }.start()
      }
    }
    #expect(answer)
  }

  @Test func `a cancelled sleep ends at once`() async throws {
    let elapsed = try await withLoop { loop in
      let start = ContinuousClock.now
      let nap = Task(executorPreference: loop) { try await loop.sleep(for: .seconds(30)) }
      try await loop.sleep(for: .milliseconds(5))
      nap.cancel()
      await #expect(throws: CancellationError.self) { try await nap.value }
      return ContinuousClock.now - start
    }
    #expect(elapsed < .seconds(5))
  }

  @Test func `a task that hops comes to its end before the turn does`() async throws {
    let ends = try await withLoop { loop in
      let ends = LoopLocal(loop, 0)
      loop.onTurnEnd { ends.value += 1 }
      try await loop.sleep(for: .milliseconds(1))
      let before = ends.value
      for _ in 0..<3 { await Task.yield() }
      return ends.value - before
    }
    #expect(ends == 0)
  }

  @Test func `tasks that never rest let timers through`() async throws {
    try await withLoop { loop in
      let spinner = Task(executorPreference: loop) { while !Task.isCancelled { await Task.yield() } }
      try await loop.sleep(for: .milliseconds(20))
      spinner.cancel()
    }
  }
}

@Suite struct `A loop that is over` {
  @Test func `lets late callers go in peace`() async throws {
    let loop = try await withLoop { $0 }
    for _ in 0..<3 { loop.execute { Issue.record("nobody is there to do this") } }
    loop.stop()
    #expect(!loop.isCurrent)
  }
}
