import CrashReport
import EventLoop
import FunctionKit
import Glibc
import PlatformTesting
import Runtime
import Testing

/// A platform whose crashes are contained, in a process that does nothing else. One that this throws in would end without
/// its server.
private func withCrashes(
  _ body: @escaping @Sendable (Platform, LoopLocal<[CrashNotice]>) async throws -> Void
) async {
  var setting = Setting()
  setting.schema = "create table till (money int); insert into till values (0)"
  do {
    try await withPlatform([crashTill], setting) { platform in
      let notices = LoopLocal<[CrashNotice]>(platform.loop, [])
      _ = CrashContainment(services: platform.services) { notices.value.append($0) }
      CrashHandlers.install(reportingTo: 2, containing: true)
      try await body(platform, notices)
    }
  } catch { Issue.record(error) }
}

extension Platform {
  fileprivate func spring(_ trap: Trap, _ moment: TrapInput.Moment, _ request: String) async throws -> Answer {
    try await post(
      "/spring", [("x-request-id", request)], #"{"trap":"\#(trap.rawValue)","moment":"\#(moment.rawValue)"}"#)
  }
}

extension Platform {
  /// Calls both functions so many times, all at once.
  fileprivate func springAndAdd(_ count: Int) async throws -> [Int] {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<count {
        let moment = TrapInput.Moment.allCases[number % 3], trap = Trap.allCases[number % Trap.allCases.count]
        group.addTask { try await self.spring(trap, moment, "\(number)").status }
        group.addTask { try await self.post("/add").status }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }
}

private func lastReport(_ descriptor: Int32) -> CrashReport? {
  var bytes = [UInt8](repeating: 0, count: 4096)
  let count = read(descriptor, &bytes, bytes.count)
  return CrashReport(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
}

/// What a process that ended has reported.
private func reports(_ output: [UInt8]) -> [CrashReport] {
  String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap { CrashReport(String($0)) }
}

@Suite struct `A function that traps` {
  @Test func `is answered 500, at once, and leaves nothing behind, wherever and however it traps`() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      await withCrashes { platform, notices in
        for trap in Trap.allCases {
          for moment in TrapInput.Moment.allCases {
            let request = "\(trap)-\(moment)"
            let answer = try await platform.spring(trap, moment, request)
            #expect(answer.status == 500 && answer.code == "function_crashed", "\(request): \(answer.text)")
            #expect(answer.json["detail"]?.string?.contains(request) == true)
            #expect(notices.value.last?.requestID == request)
            #expect(notices.value.last?.function == "Spring" && notices.value.last?.bundle == "till")
          }
        }
        #expect(platform.services.inFlight.count == 0)
        #expect(try await platform.post("/add").status == 200, "the row is not locked any more")
        #expect(try await platform.one("select money from till", as: Int.self) == 1)
      }
    }
    let reports = reports(result?.standardErrorContent ?? [])
    #expect(reports.count == Trap.allCases.count * TrapInput.Moment.allCases.count)
    #expect(reports.allSatisfy { $0.isContained && $0.bundle == "till" && $0.function == "Spring" })
    #expect(reports.last?.requestID == "fatal-inChild")
  }

  @Test func `costs those beside it nothing`() async throws {
    await #expect(processExitsWith: .success) {
      await withCrashes { platform, notices in
        let statuses = try await platform.springAndAdd(60)
        #expect(statuses.count { $0 == 200 } == 60 && statuses.count { $0 == 500 } == 60)
        let money = try await platform.one("select money from till", as: Int.self)
        #expect(money == 60)
        #expect(Set(notices.value.map(\.requestID)) == Set((0..<60).map { "\($0)" }))
        #expect(platform.services.inFlight.count == 0)
      }
    }
  }

  @Test func `is named in its report, with those who called it`() async throws {
    await #expect(processExitsWith: .success) {
      await withCrashes { platform, _ in
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        CrashHandlers.install(reportingTo: ends[1], containing: true)
        _ = try await platform.spring(.element, .later, "request")
        guard let report = lastReport(ends[0]) else { throw SetupError("there is no report") }
        let maps = LoadedModules(maps: String(decoding: contents(ofFile: "/proc/self/maps"), as: UTF8.self))
        let names = report.backtrace(in: maps).map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
        #expect(names.contains { $0.hasPrefix("RuntimeTests spring(_:_:) + ") }, "\(names)")
        #expect(names.contains { $0.hasPrefix("RuntimeTests Spring.handle(_:context:) + ") }, "\(names)")
        #expect(names.contains { $0.hasPrefix("by Runtime Invocation.answer(_:) + ") }, "what awaits it: \(names)")
      }
    }
  }

  @Test func `is a failed service to one that called it`() async throws {
    await #expect(processExitsWith: .success) {
      await withCrashes { platform, notices in
        let answer = try await platform.post("/ask")
        #expect(answer.data?.string == "function_crashed", "\(answer.text)")
        #expect(notices.value.map(\.function) == ["Spring"])
      }
    }
  }
}

@Suite struct `A crash that can't be contained` {
  private func expectReport(_ result: ExitTest.Result?, of function: String, signal: Int32) {
    let reports = reports(result?.standardErrorContent ?? [])
    #expect(reports.count == 1)
    #expect(reports.first?.function == function && reports.first?.requestID == "the-request")
    #expect(reports.first?.signal == signal && reports.first?.isContained == false)
  }

  @Test func `ends the process by its signal, with a report`() async throws {
    let result = await #expect(processExitsWith: .signal(SIGSEGV), observing: [\.standardErrorContent]) {
      try await crash("/damage")
    }
    expectReport(result, of: "Damage", signal: SIGSEGV)
  }

  @Test func `is reported even when the stack is used up`() async throws {
    let result = await #expect(processExitsWith: .signal(SIGSEGV), observing: [\.standardErrorContent]) {
      try await crash("/recurse")
    }
    expectReport(result, of: "Recurse", signal: SIGSEGV)
  }

  @Test func `is known by its function on another thread too`() async throws {
    let result = await #expect(processExitsWith: .signal(SIGILL), observing: [\.standardErrorContent]) {
      try await crash("/compute")
    }
    expectReport(result, of: "Compute", signal: SIGILL)
  }
}

@Suite struct `A process that is asked where it is` {
  @Test func `tells, and goes on`() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      try await withPlatform([crashDesk]) { platform in
        CrashHandlers.install(reportingTo: 2, containing: true)
        kill(getpid(), SIGUSR2)
        let answer = try await platform.get("/health")
        #expect(answer.status == 200)
      }
    }
    let reports = reports(result?.standardErrorContent ?? [])
    let report = try #require(reports.first)
    #expect(report.kind == .hang && report.signal == SIGUSR2 && report.stack.count > 1)
  }
}

private func crash(_ path: String) async throws {
  try await withPlatform([crashDesk]) { platform in
    _ = CrashContainment(services: platform.services) { _ in }
    CrashHandlers.install(reportingTo: 2, containing: true)
    _ = try await platform.post(path, [("x-request-id", "the-request")])
  }
}
