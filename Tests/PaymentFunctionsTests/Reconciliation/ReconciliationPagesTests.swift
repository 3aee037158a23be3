import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

@Suite struct ReconciliationPagesTests {
  @Test func `a person settles a difference once, with a reason`() async throws {
    try await ReconciliationScene.run { day in
      day.move("txn_foo", "foo", 10_000)
      try await day.nextMorning()
      let list = try await day.payment.call(
        "ListReconciliations", query: [("status", "unbalanced")], caller: day.finance)
      let run = try #require(list.data[0]?["id"]?.string)
      let shown = try await day.payment.call("GetReconciliation", path: [("id", run)], caller: day.finance)
      let item = try #require(shown.data["items"]?[0]?["id"]?.string)
      func resolve(_ resolution: JSON, _ note: JSON) async throws -> TestReply {
        try await day.payment.call(
          "ResolveReconciliationItem", path: [("id", item)], body: ["resolution": resolution, "note": note],
          caller: day.finance)
      }
      #expect(try await resolve("fixed", "no").status == 422)
      #expect(try await resolve("forgotten", "why not").status == 422)
      let resolved = try await resolve("not_an_issue", "another shop's, as their support says")
      #expect(resolved.data["resolution"] == "not_an_issue")
      #expect(resolved.data["resolvedBy"] == .string(sampleID(9).description))
      #expect(try await resolve("fixed", "once more").code == "invalid_state")
      // Looked at again it is still there, and still settled.
      let again = try await day.runAgain()
      #expect(again.data["items"]?[0]?["note"] == "another shop's, as their support says")
      let missing = try await day.payment.call(
        "ResolveReconciliationItem", path: [("id", sampleID(1).description)],
        body: ["resolution": "fixed", "note": "none"], caller: day.finance)
      #expect(missing.status == 404)
    }
  }

  @Test func `lists go on where they end, and refuse what makes no sense`() async throws {
    try await ReconciliationScene.run { day in
      for index in 0..<3 { day.move("txn_\(index)", "foreign-\(index)", 1_000) }
      try await day.nextMorning()
      func list(_ query: [(name: String, value: String)]) async throws -> TestReply {
        try await day.payment.call("ListReconciliations", query: query, caller: day.finance)
      }
      var (seen, cursor) = ([String](), String?.none)
      repeat {
        let page = try await list([("limit", "20")] + (cursor.map { [("cursor", $0)] } ?? []))
        seen += page.data.array?.compactMap { $0["date"]?.string } ?? []
        cursor = page.json["meta"]?["nextCursor"]?.string
      } while cursor != nil
      #expect(seen.count == 35 && seen == seen.sorted().reversed())
      let day1 = day.yesterday.description
      #expect(try await list([("from", day1), ("to", day1)]).data.array?.count == 1)
      #expect(try await list([("limit", "0")]).status == 422)
      #expect(try await list([("status", "odd")]).status == 422)
      #expect(try await list([("from", "2026-02-30")]).status == 422)
      #expect(try await list([("cursor", "abc")]).code == "invalid_cursor")
      let run = try await day.counts()
      var (items, next) = (0, String?.none)
      repeat {
        let page = try await day.payment.call(
          "GetReconciliation", path: [("id", run.id.description)],
          query: [("limit", "2")] + (next.map { [("cursor", $0)] } ?? []), caller: day.finance)
        items += page.data["items"]?.array?.count ?? 0
        next = page.data["nextItems"]?.string
      } while next != nil
      #expect(items == 3)
      let nobody = try await day.payment.call(
        "GetReconciliation", path: [("id", sampleID(1).description)], caller: day.finance)
      #expect(nobody.status == 404)
    }
  }

  @Test func `today and later can't be reconciled`() async throws {
    try await ReconciliationScene.run { day in
      let today = BusinessDay(of: day.payment.clock.now)
      #expect(try await day.runAgain(today).status == 422)
      #expect(try await day.runAgain(BusinessDay(of: today.end)).status == 422)
      let odd = try await day.payment.call("RunReconciliation", body: ["date": "2026-13-01"], caller: day.finance)
      #expect(odd.status == 422)
    }
  }
}
