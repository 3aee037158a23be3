internal import EventLoop

extension Stage {
  private static let pause = Duration.milliseconds(30)
  /// Every so many looks the clock moves a minute: what waits for its next attempt, or for a job, is not made to wait in
  /// earnest.
  private static let looksPerMinute = 8
  /// Every so many looks the host is started anew and the leases of the old one are ended.
  static let looksPerStart = 80

  /// Waits until everything is worked through and all that must hold does.
  /// - Parameter looksPerStart: after how many looks in vain the host is started anew.
  /// - Throws: ``TestFailure`` with what does not when patience is at its end.
  func settle(_ invariants: [Invariant], patience: Duration, looksPerStart: Int = Stage.looksPerStart) async throws {
    let world = World(stage: self, number: 0, isCalm: true)
    let deadline = loop.now + patience.milliseconds
    var looks = 0
    while let left = try await unsettled(invariants, world) {
      guard loop.now < deadline else { throw TestFailure(left) }
      looks += 1
      if looks % Self.looksPerMinute == 0 { try await advanceClock(seconds: 60) }
      if looks % looksPerStart == 0 { try await startAnew(because: left) }
      try await loop.sleep(for: Self.pause)
    }
  }

  private func unsettled(_ invariants: [Invariant], _ world: World) async throws -> String? {
    let open = try await databases.open(host.project.listeners)
    if !open.isEmpty { return "work is left over in \(open)" }
    var violations: [String] = []
    for invariant in [.nothingGivenUp(on: host.project.databases.keys.sorted())] + invariants {
      if let violation = try await invariant.violation(world) { violations.append("\(invariant.name): \(violation)") }
    }
    return violations.isEmpty ? nil : violations.joined(separator: "; ")
  }

  private func startAnew(because left: String) async throws {
    course.value.note("the host is started anew, because \(left)")
    try await restart { try await databases.everywhere(PlatformTables.endLeases) }
  }
}

extension Invariant {
  fileprivate static func nothingGivenUp(on bundles: [String]) -> Invariant {
    Invariant("nothing was given up on") { world in
      for bundle in bundles {
        let dead = try await world.value(in: bundle, PlatformTables.dead)
        if dead > 0 { return "\(dead) in \(bundle)" }
      }
      return nil
    }
  }
}
