import FunctionKit
import FunctionTesting
import NotificationFunctions
import Runtime
import Testing

@Suite struct PruneTests {
  @Test func `what nobody needs any longer goes in its own time, and what is for ever stays`() async throws {
    try await withDispatch { notification, _ in
      try await notification.sendOne()
      try await notification.report("bounce", type: "blocked")
      try await notification.report("bounce", to: "gone@b.id")
      let now = notification.clock.now
      try await notification.write(
        """
        insert into suppression (channel, address_hash, reason, until, created_at, updated_at)
        values ('email', address_hash('full@b.id'), 'bounce', \(now + .days(7)), \(now), \(now))
        """)
      try await notification.write("update device set disabled_at = \(now), disable_reason = 'unregistered'")
      var passed: Int64 = 0
      for (day, left) in [
        (29, "1 device, 1 delivery, 1 message, 2 reports, 1 bounce, 2 suppressions"),
        (36, "1 device, 1 delivery, 1 message, 2 reports, 0 bounce, 2 suppressions"),
        (38, "1 device, 1 delivery, 1 message, 2 reports, 0 bounce, 1 suppressions"),
        (91, "0 device, 1 delivery, 1 message, 2 reports, 0 bounce, 1 suppressions"),
        (181, "0 device, 0 delivery, 0 message, 0 reports, 0 bounce, 1 suppressions"),
      ] as [(Int64, String)] {
        notification.clock.advance(by: .days(day - passed))
        passed = day
        try await notification.fire("Prune")
        #expect(try await notification.left() == left, "day \(day)")
      }
    }
  }
}

extension BundleUnderTest {
  fileprivate func left() async throws -> String {
    try await one(
      """
      select (select count(*) from device) || ' device, ' || (select count(*) from delivery) || ' delivery, '
        || (select count(*) from notification) || ' message, ' || (select count(*) from webhook_inbox) || ' reports, '
        || (select count(*) from soft_bounce) || ' bounce, ' || (select count(*) from suppression) || ' suppressions'
      """)
  }
}
