import EventLoop
import EventRelay
import FunctionKit
import Postgres
import RelayTesting
import Runtime
import Testing

extension `Event relay` {
  @Suite struct `Retention` {
    private func days(_ table: String, _ platform: Platform, of bundle: String) async throws -> [String] {
      try await platform.rows(
        bundle,
        """
        select inhrelid::regclass::text from pg_inherits
        where inhparent = \("lakoo." + table)::regclass and inhrelid::regclass::text not like '%rest' order by 1
        """)
    }

    private func retention(_ platform: Platform) -> EventRelay.Retention {
      EventRelay.Retention(services: platform.host.services, bundles: platform.host.bundles, keep: .days(14))
    }

    @Test func `days are made ahead, and dropped once they are old and done with`() async throws {
      try await withThings(isStarted: false) { platform in
        let retention = retention(platform)
        await retention.tidy()
        #expect(try await days("outbox", platform, of: "writer").count == 4)
        platform.start()
        try await platform.change("lamp")
        try await platform.until("it came") { try await platform.effects().count == 2 }
        let first = try #require(try await days("outbox", platform, of: "writer").first)
        #expect(
          try await platform.one("writer", "select tableoid::regclass::text from lakoo.outbox", as: String.self)
            == first)
        platform.advance(by: .days(16))
        // Nobody has said yet how far it has read.
        try await platform.change("lamp")
        try await platform.until("the next came") { try await platform.effects().count == 4 }
        await retention.tidy()
        #expect(try await !days("outbox", platform, of: "writer").contains(first))
        #expect(
          try await platform.one("reader", "select count(*)::int from lakoo.inbox", as: Int.self) == 2,
          "the old day is gone")
        try await platform.change("lamp")
        try await platform.until("all goes on") { try await platform.numbers("Note", of: "lamp") == [1, 2, 3] }
      }
    }

    @Test func `a day with events that somebody has not read or done stays`() async throws {
      try await withThings(isStarted: false) { platform in
        let retention = retention(platform)
        await retention.tidy()
        try await platform.change("lamp")
        try await platform.host.relay.prepare()
        platform.advance(by: .days(16))
        await retention.tidy()
        #expect(try await platform.one("writer", "select count(*)::int from lakoo.outbox", as: Int.self) == 1)
        platform.host.relay.start()
        try await platform.until("it is stored") {
          try await platform.one("reader", "select count(*)::int from lakoo.inbox", as: Int.self) == 2
        }
        await retention.tidy()
        #expect(try await platform.one("reader", "select count(*)::int from lakoo.inbox", as: Int.self) == 2)
        platform.host.dispatcher.start()
        try await platform.until("it is done") { try await platform.effects().count == 2 }
        await retention.tidy()
        #expect(try await platform.one("reader", "select count(*)::int from lakoo.inbox", as: Int.self) == 0)
        #expect(try await platform.one("writer", "select count(*)::int from lakoo.outbox", as: Int.self) == 0)
      }
    }

    @Test func `rows that have no day of their own are kept and go all the same`() async throws {
      try await withThings { platform in
        try await platform.change("lamp")
        try await platform.until("it came") { try await platform.effects().count == 2 }
        platform.advance(by: .days(1))
        try await platform.change("lamp")
        try await platform.until("it came") { try await platform.effects().count == 4 }
        let retention = retention(platform)
        await retention.tidy()
        #expect(try await platform.one("writer", "select count(*)::int from lakoo.outbox_rest", as: Int.self) == 2)
        platform.advance(by: .days(14))
        try await platform.change("lamp")
        try await platform.until("all goes on") { try await platform.numbers("Note", of: "lamp") == [1, 2, 3] }
        await retention.tidy()
        #expect(try await platform.one("writer", "select count(*)::int from lakoo.outbox_rest", as: Int.self) == 1)
        #expect(try await platform.one("reader", "select count(*)::int from lakoo.inbox_rest", as: Int.self) == 2)
      }
    }
  }
}
