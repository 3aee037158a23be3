import Crypto
import Foundation
import Testing

/// What is typed about what a host has and serves.
@Suite struct `The commands about releases` {
  private static let answer = #"""
    {"number": 9, "bundle": "payment", "release": "91b0c2aa7e55", "previous": "3f2a9c81d04e",
     "steps": [{"name": "flip", "milliseconds": 1}]}
    """#

  @Test func `list what the host has`() async throws {
    let releases = #"""
      [{"bundle": "payment", "release": "3f2a9c81d04e", "addedAt": "2026-11-25T20:00:00Z", "state": "live",
        "bytes": 3900000},
       {"bundle": "payment", "release": "91b0c2aa7e55", "addedAt": "2026-11-24T20:00:00Z", "state": "previous",
        "bytes": 900}]
      """#
    try await withAdmin(["GET /releases?bundle=payment": releases, "GET /releases": "[]"]) { admin in
      let outcome = try await admin.lakoo(["releases", "payment"])
      #expect(
        outcome.output == """
          BUNDLE   RELEASE       STATE     ADDED                 SIZE
          payment  3f2a9c81d04e  live      2026-11-25T20:00:00Z  3.7 MiB
          payment  91b0c2aa7e55  previous  2026-11-24T20:00:00Z  900 B

          """)
      #expect(try await admin.lakoo(["releases"]) == CommandOutcome(0, "no releases\n"))
    }
  }

  @Test func `go back to what was live before`() async throws {
    try await withAdmin(["POST /rollback": Self.answer]) { admin in
      let outcome = try await admin.lakoo(["rollback", "payment"])
      #expect(
        outcome.output == """
          payment is back at 91b0c2aa7e55 as deployment 9
          steps: flip 1 ms
          3f2a9c81d04e stays at hand: 'lakoo deploy --release 3f2a9c81d04e' puts it live again

          """)
      _ = try await admin.lakoo(["rollback", "payment", "--to-release", "91b0c2aa7e55"])
      let bodies = [#"{"bundle":"payment"}"#, #"{"bundle":"payment","to":"91b0c2aa7e55"}"#]
      #expect(admin.asked == bodies.map { .init("POST /rollback", $0, type: "application/json") })
    }
  }

  @Test func `end a trial, one way or the other`() async throws {
    try await withAdmin(["POST /promote": Self.answer, "POST /abort": Self.answer]) { admin in
      let promoted = try await admin.lakoo(["promote", "payment"])
      #expect(promoted.output.hasPrefix("payment 91b0c2aa7e55 answers every request as deployment 9\n"))
      let ended = try await admin.lakoo(["abort", "payment"])
      #expect(ended.output.hasPrefix("the candidate of payment has ended; 91b0c2aa7e55 answers every request\n"))
      let body = #"{"bundle":"payment"}"#
      #expect(
        admin.asked == ["POST /promote", "POST /abort"].map { .init($0, body, type: "application/json") })
    }
  }

  @Test func `show a deployment with its workers and what is quarantined`() async throws {
    let deployment = #"""
      {"number": 9, "since": "2026-11-25T20:00:00Z",
       "bundles": [{"bundle": "address", "release": "aaaaaaaaaaaa", "previous": null, "since": "2026-11-01T00:00:00Z",
                    "candidate": null, "percent": null},
                   {"bundle": "payment", "release": "91b0c2aa7e55", "previous": "3f2a9c81d04e",
                    "since": "2026-11-25T20:00:00Z", "candidate": "cccccccccccc", "percent": 10}],
       "workers": [{"id": 1, "pid": 4711, "state": "serving", "generation": 9, "since": "2026-11-25T20:00:00Z",
                    "role": "front", "bundle": null, "memory": 52428800},
                   {"id": 2, "pid": 4712, "state": "serving", "generation": 9, "since": "2026-11-25T20:00:00Z",
                    "role": "candidate", "bundle": "payment", "memory": 41943040}],
       "quarantined": [{"bundle": "payment", "function": "CreatePayment", "since": "2026-11-25T20:01:00Z",
                        "crashes": 3}]}
      """#
    try await withAdmin(["GET /deployment": deployment]) { admin in
      let outcome = try await admin.lakoo(["deployment", "show"])
      #expect(
        outcome.output == """
          deployment 9, live since 2026-11-25T20:00:00Z
          BUNDLE   RELEASE       PREVIOUS      SINCE                 CANDIDATE
          address  aaaaaaaaaaaa  -             2026-11-01T00:00:00Z  -
          payment  91b0c2aa7e55  3f2a9c81d04e  2026-11-25T20:00:00Z  cccccccccccc, 10 of 100
          WORKER  PID   FOR                  STATE    GENERATION  SINCE                 MEMORY
          1       4711  -                    serving  9           2026-11-25T20:00:00Z  50.0 MiB
          2       4712  payment (candidate)  serving  9           2026-11-25T20:00:00Z  40.0 MiB
          payment/CreatePayment is quarantined since 2026-11-25T20:01:00Z, after 3 crashes; put it back with \
          'lakoo quarantine lift payment/CreatePayment'

          """)
    }
  }

  @Test func `list and lift quarantines, and hand over to another program`() async throws {
    let crashed =
      #"[{"bundle": "payment", "function": "CreatePayment", "since": "2026-11-25T20:01:00Z", "crashes": 3}]"#
    try await withAdmin(["GET /quarantine": crashed, "POST /quarantine/lift": "{}", "POST /upgrade": "{}"]) { admin in
      #expect(
        try await admin.lakoo(["quarantine", "list"]).output == """
          FUNCTION               SINCE                 CRASHES
          payment/CreatePayment  2026-11-25T20:01:00Z  3

          """)
      let lifted = try await admin.lakoo(["quarantine", "lift", "payment/CreatePayment"])
      #expect(lifted == CommandOutcome(0, "payment/CreatePayment runs again\n"))
      let upgraded = try await admin.lakoo(["upgrade", "opt/lakoo"])
      #expect(upgraded.output.hasPrefix("//opt/lakoo takes over; "), "\(upgraded.output)")
      #expect(
        admin.asked.dropFirst().map(\.body) == [
          #"{"bundle":"payment","function":"CreatePayment"}"#, #"{"program":"//opt/lakoo"}"#,
        ])
    }
  }
}
