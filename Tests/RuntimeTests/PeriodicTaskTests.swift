import EventLoop
import LoopTesting
import Runtime
import Testing

/// Work that notes how often it began and how many of it went on at once, and lasts until it is cancelled.
private final class Work: Sendable {
  private let state: LoopLocal<(begun: Int, running: Int, most: Int)>
  private let loop: EventLoop

  init(_ loop: EventLoop) {
    self.loop = loop
    state = LoopLocal(loop, (0, 0, 0))
  }

  var begun: Int { state.value.begun }
  var running: Int { state.value.running }
  var most: Int { state.value.most }

  func perform(lasts: Bool) async {
    state.value.begun += 1
    state.value.running += 1
    state.value.most = max(most, running)
    while lasts, !Task.isCancelled { try? await loop.sleep(for: .milliseconds(1)) }
    state.value.running -= 1
  }
}

@Suite struct `A periodic task` {
  @Test(.timeLimit(.minutes(1))) func `is done again and again`() async throws {
    try await withLoop { loop in
      let work = Work(loop)
      let task = PeriodicTask(loop, after: .zero, every: .milliseconds(1)) { await work.perform(lasts: false) }
      task.start()
      while work.begun < 3 { try await loop.sleep(for: .milliseconds(1)) }
      await task.stop()
    }
  }

  @Test(.timeLimit(.minutes(1))) func `never goes on twice at once, and is over when it has stopped`() async throws {
    try await withLoop { loop in
      let work = Work(loop)
      let task = PeriodicTask(loop, after: .zero, every: .milliseconds(1)) { await work.perform(lasts: true) }
      task.start()
      while work.begun == 0 { try await loop.sleep(for: .milliseconds(1)) }
      try await loop.sleep(for: .milliseconds(20))
      #expect(work.begun == 1 && work.running == 1 && work.most == 1)
      await task.stop()
      #expect(work.running == 0)
      try await loop.sleep(for: .milliseconds(20))
      #expect(work.begun == 1)
    }
  }
}
