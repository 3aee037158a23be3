import EventLoop

/// Gathers what is for other workers to go on with, so that many things at once are told as one.
final class NewsDesk: Sendable {
  private let pending: LoopLocal<News>
  private let timer: LoopTimer
  private let tell: @Sendable (News) -> Void

  init(_ loop: EventLoop, tell: @escaping @Sendable (News) -> Void) {
    pending = LoopLocal(loop, News())
    timer = LoopTimer(loop)
    self.tell = tell
  }

  func emitted(_ bundle: String) {
    beginIfEmpty()
    pending.value.emitted.insert(bundle)
  }

  func received(_ bundle: String) {
    beginIfEmpty()
    pending.value.received.insert(bundle)
  }

  private func beginIfEmpty() {
    guard pending.value.isEmpty else { return }
    timer.start(after: 1) { [weak self] in self?.flush() }
  }

  private func flush() {
    let news = pending.value
    pending.value = News()
    tell(news)
  }
}
