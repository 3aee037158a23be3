import Manifest
import Testing

@Suite struct RetryTests {
  private let policy = RetryPolicy(attempts: 8, minBackoff: .seconds(1), maxBackoff: .seconds(10))

  @Test func `the pause doubles up to the maximum`() {
    let pauses = (1...6).map { policy.delay(afterAttempt: $0, chance: 0.5) }
    #expect(pauses == [1, 2, 4, 8, 10, 10].map(Duration.seconds))
  }

  @Test func `jitter moves it by a tenth either way, also at the maximum`() {
    #expect(policy.delay(afterAttempt: 1, chance: 0) == .milliseconds(900))
    #expect(policy.delay(afterAttempt: 1, chance: 1) == .milliseconds(1100))
    #expect(policy.delay(afterAttempt: 9, chance: 1) == .seconds(11))
  }

  @Test func `numbers out of range neither trap nor grow`() {
    #expect(policy.delay(afterAttempt: 0, chance: 0.5) == .seconds(1))
    #expect(policy.delay(afterAttempt: 100_000, chance: 7) == .seconds(11))
    #expect(policy.delay(afterAttempt: -3, chance: -7) == .milliseconds(900))
    #expect(policy.delay(afterAttempt: 1, chance: .nan) == .milliseconds(900))
  }
}
