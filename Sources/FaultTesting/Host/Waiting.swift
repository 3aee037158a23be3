private import Glibc

/// Why a test can't go on.
public struct TestFailure: Error, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// How often a condition is looked at before it is given up, whatever the clock says: on a machine that others use, the
/// time may have passed without a single look.
private let fewestLooks = 50

/// Looks again and again until the condition holds; blocks its thread meanwhile.
/// - Throws: ``TestFailure`` when it does not in time.
public func waitUntil(_ what: String, seconds: Double = 15, _ condition: () throws -> Bool) throws {
  let end = ContinuousClock.now + .seconds(seconds)
  var looks = 0
  while ContinuousClock.now < end || looks < fewestLooks {
    looks += 1
    if try condition() { return }
    usleep(20_000)
  }
  throw TestFailure("waited \(seconds) s in vain until \(what)")
}

/// The same for a condition that waits itself.
/// - Throws: ``TestFailure`` when it does not hold in time.
public func waitUntil(_ what: String, seconds: Double = 15, _ condition: () async throws -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(seconds)
  var looks = 0
  while ContinuousClock.now < end || looks < fewestLooks {
    looks += 1
    if try await condition() { return }
    try await Task.sleep(for: .milliseconds(20))
  }
  throw TestFailure("waited \(seconds) s in vain until \(what)")
}
