import Crypto
import FunctionKit
import Testing

@testable import Gateway

private let refused = "unauthenticated"
private let stale = "timestamp_out_of_tolerance"
private let now: Int64 = 1_770_000_000

@Suite struct `A signature` {
  /// The example that the libraries of the Standard Webhooks project are tested with.
  @Test func `of the published Standard Webhooks example is right`() throws {
    let headers = published("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    for (body, expected) in [(#"{"test": 2432232314}"#, nil), (#"{"test":2432232314}"#, refused), ("", refused)] {
      #expect(try example(headers, body) == expected, "\(body)")
    }
  }

  @Test func `of a Standard Webhooks list counts wherever it stands, and only if it is of version 1`() throws {
    let right = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    let wrong = "v1,AAAASsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    for list in ["v1,\(right) \(wrong)", "\(wrong) v1,\(right)", "v1a,x \(wrong)  v1,\(right)"] {
      #expect(try example(published(list)) == nil, "\(list)")
    }
    let tooMany = Array(repeating: wrong, count: 16).joined(separator: " ")
    for list in [
      wrong, "v1a,\(right)", "v2,\(right)", right, "v1\(right)", "v1, \(right)", "v1=\(right)", "V1,\(right)", "v1,",
      "",
      "v1,\(right.dropLast())", "v1,\(right)=", "v1,\(right.lowercased())", "v1,\(wrong),v1,\(right)",
      "\(tooMany) v1,\(right)",
    ] { #expect(try example(published(list)) == refused, "\(list)") }
  }

  @Test(arguments: ["", "1614265330.0", "+1614265330", " 1614265330", "1614265330a", "-1", "99999999999999999999"])
  func `of Standard Webhooks without a readable time is refused`(time: String) throws {
    var headers = published("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    headers[1].1 = time
    #expect(try example(headers) == refused)
  }

  /// The full stop parts what is signed; an id with one could pass for another id at another time.
  @Test(arguments: [("msg_1", nil), ("msg.1", refused), (".", refused), ("", refused)])
  func `of Standard Webhooks under an id that could be read in two ways is refused`(id: String, verdict: String?) throws
  {
    let key = try #require(base64Decode(String(Sender.standard.secret.dropFirst(6))))
    let code = base64Encode(hmacSHA256(key: key, message: Array("\(id).\(now).{}".utf8)))
    let headers = [("webhook-id", id), ("webhook-timestamp", "\(now)"), ("webhook-signature", "v1,\(code)")]
    #expect(try Sender.standard.refusal(headers, at: now) == verdict)
  }

  /// The example of GitHub's documentation.
  @Test func `of GitHub's published example is right, in either case of its digits`() throws {
    let digits = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    let github = Sender(
      verify: "{ scheme: hmac-sha256, header: X-Hub-Signature-256, secret: HOOK, prefix: sha256= }", secretName: "HOOK",
      secret: "It's a Secret to Everybody", signsBody: true, prove: { _, _, _ in [] })
    for (value, expected) in [
      ("sha256=\(digits)", nil), ("sha256=\(digits.uppercased())", nil), (digits, refused),
      ("SHA256=\(digits)", refused),
      ("sha1=\(digits)", refused), ("sha256=\(digits.dropLast())", refused), ("sha256=\(digits.dropLast(2))", refused),
      ("sha256=\(digits)0", refused), ("sha256=\(digits)00", refused), ("sha256= \(digits)", refused),
      ("sha256=", refused), ("", refused), ("sha256=\(digits.replacing("7", with: "g"))", refused),
    ] {
      let verdict = try github.refusal([("X-Hub-Signature-256", value)], "Hello, World!", at: now)
      #expect(verdict == expected, "\(value)")
    }
  }

  @Test(arguments: [Sender.hex, .prefixed, .timed, .standard, .sendGrid])
  func `is of every byte of the body`(sender: Sender) throws {
    let body = #"{"id":"1","amount":5,"é":"\u0000"}"#
    let headers = sender.prove(sender.secret, now, body)
    #expect(try sender.refusal(headers, body, at: now) == nil)
    let scalars = Array(body.unicodeScalars)
    for index in scalars.indices {
      var changed = scalars
      changed[index] = changed[index] == "x" ? "y" : "x"
      #expect(try sender.refusal(headers, text(changed), at: now) == refused)
      #expect(try sender.refusal(headers, text(scalars[..<index]), at: now) == refused)
    }
    #expect(try sender.refusal(headers, body + " ", at: now) == refused)
    #expect(try sender.refusal(headers, "\u{FEFF}" + body, at: now) == refused)
  }

  @Test(arguments: [Sender.timed, .standard, .sendGrid])
  func `ages after five minutes, and must not come from the future`(sender: Sender) throws {
    let headers = sender.prove(sender.secret, now, "{}")
    for seconds in [-300, -299, 0, 299, 300] {
      #expect(try sender.refusal(headers, at: now + Int64(seconds)) == nil, "\(seconds)")
    }
    for seconds in [-86_400, -301, 301, 86_400] {
      #expect(try sender.refusal(headers, at: now + Int64(seconds)) == stale, "\(seconds)")
    }
    let forged = sender.prove(sender.otherSecret, now, "{}")
    #expect(try sender.refusal(forged, at: now + 301) == refused, "only who knows the secret is told of the time")
  }

  @Test(arguments: [Sender.timed, .standard, .sendGrid]) func `is of its time, too`(sender: Sender) throws {
    let fresh = sender.prove(sender.secret, now + 600, "{}")
    let old = sender.prove(sender.secret, now, "{}")
    let mixed = old.map { header in header.1 == "\(now)" ? (header.0, "\(now + 600)") : header }
    #expect(try sender.refusal(fresh, at: now + 600) == nil)
    #expect(try sender.refusal(mixed, at: now + 600) == refused)
  }

  private func published(_ signature: String) -> [(String, String)] {
    [
      ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"), ("webhook-timestamp", "1614265330"),
      ("webhook-signature", signature),
    ]
  }

  private func example(_ headers: [(String, String)], _ body: String = #"{"test": 2432232314}"#) throws -> String? {
    try Sender.standard.refusal(
      headers, body, secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], at: 1_614_265_330)
  }

  private func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }
}
