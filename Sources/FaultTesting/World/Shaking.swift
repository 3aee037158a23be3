internal import EventLoop

extension Stage {
  /// How long nothing may go wrong before it is taken for a mistake of the scenario.
  private static let stall: UInt64 = 180_000

  /// Kills the host, has events delivered anew and moves the clock, as the plan says, until there were enough faults.
  func shake() async throws {
    var (last, since) = (-1, loop.now)
    while !course.value.isOver {
      if let next = course.value.nextUpheaval() {
        try await loop.sleep(for: next.pause)
        try await perform(next.upheaval)
      }
      try requireRunning()
      if course.value.log.count != last { (last, since) = (course.value.log.count, loop.now) }
      guard loop.now - since < Self.stall else {
        throw TestFailure("nothing has gone wrong for three minutes; does the scenario reach a place for a fault?")
      }
      try await loop.sleep(for: .milliseconds(20))
    }
  }

  private func perform(_ upheaval: Upheaval) async throws {
    switch upheaval {
    case .kill:
      course.value.happened(.kill, "process \(host.processID)")
      try await restart()
    case .redelivery:
      course.value.happened(.redelivery, "all of them, in every bundle")
      try await databases.everywhere([PlatformTables.deliverAnew])
    case .clock:
      let seconds = 60 * (1 + course.value.log.count * 7 % 60)
      course.value.happened(.clock, "\(seconds) s")
      try await advanceClock(seconds: seconds)
    }
  }

  private func requireRunning() throws {
    if !host.isRunning { throw TestFailure("the host ended by itself: \(host.output.suffix(2000))") }
  }
}
