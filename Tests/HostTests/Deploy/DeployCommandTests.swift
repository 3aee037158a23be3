import Testing

/// What is typed to put a release live, what the host is asked for it, and what is printed.
@Suite struct `lakoo deploy` {
  private static let diff = #"""
    {"bundle": "payment", "from": "91b0c2aa7e55", "to": "3f2a9c81d04e",
     "functions": [{"name": "CreatePayment", "change": "changed", "what": "timeout 45s, was 30s"},
                   {"name": "GetRefund", "change": "added", "what": "GET /refunds/:id"}],
     "migrations": ["0004_refunds.sql"], "events": [{"type": "payment.paid", "change": "channel added"}],
     "statements": {"added": 3, "removed": 1}}
    """#
  private static let none =
    #"{"functions": [], "migrations": [], "events": [], "statements": {"added": 0, "removed": 0}}"#

  private static func deployed(_ diff: String = none, previous: String = #""91b0c2aa7e55""#) -> String {
    #"""
    {"number": 8, "bundle": "payment", "release": "3f2a9c81d04e", "previous": \#(previous), "diff": \#(diff),
     "steps": [{"name": "verify", "milliseconds": 3}, {"name": "migrate", "milliseconds": 35}]}
    """#
  }

  @Test func `sends the file, and tells what is live, what changed and how to go back`() async throws {
    try await withAdmin(["POST /deploy": Self.deployed(Self.diff)]) { admin in
      let file = try admin.save("payment.bundle", "the bytes of a bundle")
      let outcome = try await admin.lakoo(["deploy", file])
      #expect(
        outcome.output == """
          payment 3f2a9c81d04e is live as deployment 8, in place of 91b0c2aa7e55
          PART        NAME              CHANGE
          function    CreatePayment     changed: timeout 45s, was 30s
          function    GetRefund         added: GET /refunds/:id
          migration   0004_refunds.sql  to be applied
          event       payment.paid      channel added
          statements                    3 added, 1 removed
          steps: verify 3 ms, migrate 35 ms
          go back with 'lakoo rollback payment'

          """)
      #expect(outcome.status == 0)
      #expect(admin.asked == [.init("POST /deploy", "the bytes of a bundle", type: "application/octet-stream")])
      #expect(admin.tokens == ["Bearer a-token-of-this-test-0123456789-0123"])
    }
  }

  @Test func `takes a release that is there already, and knows the first of a bundle`() async throws {
    try await withAdmin(["POST /deploy?release=3f2a9c81d04e": Self.deployed(previous: "null")]) { admin in
      let outcome = try await admin.lakoo(["deploy", "--release", "3f2a9c81d04e"])
      #expect(
        outcome.output == """
          payment 3f2a9c81d04e is live as deployment 8, the first of its bundle
          no function, migration, event or statement differs
          steps: verify 3 ms, migrate 35 ms
          go back with 'lakoo rollback payment'

          """)
      #expect(admin.asked == [.init("POST /deploy?release=3f2a9c81d04e")])
    }
  }

  @Test func `only rehearses with --dry-run`() async throws {
    try await withAdmin(["POST /deploy?dryRun=true": Self.deployed()]) { admin in
      let outcome = try await admin.lakoo(["deploy", admin.save("payment.bundle", "x"), "--dry-run"])
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.first == "payment 3f2a9c81d04e passes every check; nothing was changed")
      #expect(lines.last == "put it live with the same command without --dry-run")
    }
  }

  @Test func `lets a part of the requests try it with --percent`() async throws {
    try await withAdmin(["POST /deploy?percent=10": Self.deployed()]) { admin in
      let outcome = try await admin.lakoo(["deploy", admin.save("payment.bundle", "x"), "--percent", "10"])
      let lines = outcome.output.split(separator: "\n")
      #expect(
        lines.first == "payment 3f2a9c81d04e answers 10 of 100 requests as deployment 8; the rest goes to 91b0c2aa7e55")
      #expect(lines.last == "decide with 'lakoo promote payment' or 'lakoo abort payment'")
    }
  }

  @Test func `prints the host's own answer as JSON`() async throws {
    try await withAdmin(["POST /deploy": #"{"number":8}"#]) { admin in
      let outcome = try await admin.lakoo(["deploy", admin.save("payment.bundle", "x"), "-o", "json"])
      #expect(outcome == CommandOutcome(0, "{\"number\":8}\n"))
    }
  }

  @Test func `ends with 1 and every line of the reason when the host refuses`() async throws {
    let detail = #"payment.yaml:8:3: no function named 'GetRefnd'\npayment.yaml:9:3: no event 'payment.payd'"#
    let problem = #"{"status": 422, "code": "check_failed", "detail": "\#(detail)"}"#
    try await withAdmin(["POST /deploy": problem]) { admin in
      let outcome = try await admin.lakoo(["deploy", admin.save("payment.bundle", "x")])
      let lines = "payment.yaml:8:3: no function named 'GetRefnd'\npayment.yaml:9:3: no event 'payment.payd'\n"
      #expect(outcome == CommandOutcome(1, lines))
    }
  }

  @Test(arguments: [
    (["deploy"], "Say what to deploy: a bundle file, or --release with a release that the host has."),
    (["deploy", "a.bundle", "--release", "3f2a9c81d04e"], "Say what to deploy: a bundle file, or --release"),
    (["deploy", "a.bundle", "--percent", "100"], "--percent 100: must be 1 to 99; leave it out to serve everybody."),
    (["deploy", "/no/such.bundle"], "can't read /no/such.bundle: No such file or directory"),
    (["deploy", "/tmp"], "can't read /tmp: Is a directory"), (["diff"], "Missing expected argument '<file>'"),
    (["quarantine", "lift", "payment"], "The value 'payment' is invalid for '<function>'"),
  ]) func `ends with 2 and asks nothing when it is typed wrongly`(arguments: [String], text: String) async throws {
    try await withAdmin([:]) { admin in
      let outcome = try await admin.lakoo(arguments)
      #expect(outcome.status == 2)
      #expect(outcome.output.contains(text), "\(outcome.output)")
      #expect(admin.asked == [])
    }
  }

  @Test func `ends with 2 for what is no address, and 1 for a host that is not there`() async throws {
    try await withAdmin([:]) { admin in
      let wrong = try await admin.lakoo(["releases"], to: "prod.example.com:9090")
      #expect(wrong.status == 2)
      #expect(
        wrong.output == "'prod.example.com:9090' is no URL; give the admin port's, such as http://127.0.0.1:9090\n")
      let absent = try await admin.lakoo(["releases"], to: "http://127.0.0.1:1")
      #expect(absent.status == 1)
      #expect(absent.output.hasPrefix("no host answers at http://127.0.0.1:1; "), "\(absent.output)")
    }
  }

  @Test func `compares without changing anything with lakoo diff`() async throws {
    try await withAdmin(["POST /diff": Self.diff]) { admin in
      let outcome = try await admin.lakoo(["diff", admin.save("payment.bundle", "the bytes of a bundle")])
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.first == "payment from 91b0c2aa7e55 to 3f2a9c81d04e")
      #expect(lines.count == 7)
      #expect(admin.asked == [.init("POST /diff", "the bytes of a bundle", type: "application/octet-stream")])
    }
  }
}
