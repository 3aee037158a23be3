import FunctionKit
import Testing

@testable import WalletFunctions

@Suite struct StatementTests {
  @Test func `months are Jakarta's`() throws {
    let january = try #require(Month("2026-01"))
    #expect(january.start.description == "2025-12-31T17:00:00.000Z")
    #expect(january.end.description == "2026-01-31T17:00:00.000Z")
    #expect(Month("2026-12")?.end.description == "2026-12-31T17:00:00.000Z")
    for text in ["2026-13", "2026-00", "2026-1", "26-01", "x"] { #expect(Month(text) == nil) }
  }

  @Test(
    arguments: [
      ("2026-01-19T08:00:00Z", "2026-01-19"), ("2026-01-18T16:59:59Z", "2026-01-12"),
      ("2026-01-18T17:00:00Z", "2026-01-19"), ("2026-01-01T00:00:00Z", "2025-12-29"),
    ])
  func `weeks begin on Monday in Jakarta`(time: String, monday: String) throws {
    let instant = try #require(Instant(time))
    #expect(BusinessTime.date(BusinessTime.startOfWeek(instant)) == monday)
  }

  @Test func `text that a spreadsheet would run as a formula is quoted`() {
    var statement = Statement(month: "2026-01", opening: 5, [])
    statement.rows = [
      Statement.Row(
        transactionNumber: "WTX-1", at: Instant(seconds: 0), type: .refund, description: #"=1+"2""#, credit: 1,
        debit: 0,
        balance: 6)
    ]
    #expect(statement.csv.contains(#","'=1+""2""","#))
  }
}
