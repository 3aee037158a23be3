import CrashReport
import EventLoop
import FunctionKit
import Runtime

/// What a worker's signal handler writes in its last moment, as lines that a person can read.
final class CrashLog: Sendable {
  private let worker: WorkerHandle
  private let reports: Stream
  private let releases: [String: String]
  private let loop: EventLoop
  private let log: HostLog
  private let rest: LoopLocal<[UInt8]>
  private let onEnd: @Sendable (CrashedFunction) -> Void

  /// - Parameters:
  ///   - reports: the end of the pipe that the worker's handler writes to.
  ///   - onEnd: told of the function that ended, or held up, the whole worker.
  init(
    _ worker: WorkerHandle, _ reports: Stream, releases: [String: String], log: HostLog, loop: EventLoop,
    onEnd: @escaping @Sendable (CrashedFunction) -> Void
  ) {
    self.worker = worker
    self.reports = reports
    self.releases = releases
    self.loop = loop
    self.log = log
    self.onEnd = onEnd
    rest = LoopLocal(loop, [])
    reports.startReading({ [self] in take(unsafe $0.withUnsafeBytes { unsafe Array($0) }) }) { _ in reports.close() }
  }

  /// What the program that takes this one's place is to keep.
  var descriptor: Int32? { reports.descriptor }

  private func take(_ bytes: [UInt8]) {
    rest.value += bytes
    var lines = rest.value.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    rest.value = lines.popLast().map(Array.init) ?? []
    for line in lines {
      if let report = CrashReport(String(decoding: line, as: UTF8.self)) { tell(report) }
    }
  }

  private func tell(_ report: CrashReport) {
    let crashed = crashedFunction(report)
    if !report.isContained, let crashed { onEnd(crashed) }
    let modules = worker.modules
    Task(executorPreference: loop) {
      // Symbol tables are large: others must not wait for them.
      let stack = try? await self.loop.offload { report.backtrace(in: modules) }
      self.log.host(.error, ([self.headline(report, crashed)] + (stack ?? [])).joined(separator: "\n  "))
    }
  }

  private func headline(_ report: CrashReport, _ crashed: CrashedFunction?) -> String {
    let place = "worker \(worker.id) (process \(worker.processID))"
    let whose = crashed.map {
      "\($0.bundle)/\($0.function) of release \($0.release), request \($0.requestID)"
    }
    switch report.kind {
    case .hang: return "\(place) hangs in \(whose ?? "no function"):"
    case .crash: return "\(place) got signal \(report.signal) in \(whose ?? "no function"):"
    }
  }

  private func crashedFunction(_ report: CrashReport) -> CrashedFunction? {
    guard let bundle = report.bundle, let function = report.function else { return nil }
    return CrashedFunction(
      bundle: bundle, function: function, release: releases[bundle] ?? "unknown", requestID: report.requestID ?? "")
  }
}
