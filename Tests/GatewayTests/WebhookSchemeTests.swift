import FunctionKit
import Gateway
import PlatformTesting
import Postgres
import Runtime
import Testing

private let delivery = #"{ "id" : "1", "amount" : 5 }"#

/// Each scheme through a real socket, to a real row.
@Suite struct `A webhook's scheme` {
  @Test(arguments: Sender.all) func `lets in what its sender signs, and keeps the bytes as they came`(sender: Sender)
    async throws
  {
    try await with(sender) { platform async throws in
      let reply = try await post(sender, to: platform)
      #expect(reply.status == 200 && reply.text == #"{"received":true}"#)
      #expect(try await post(sender, to: platform).text == #"{"received":true,"duplicate":true}"#)
      #expect(try await platform.one("select convert_from(data, 'UTF8') from lakoo.inbox") == delivery)
      #expect(platform.receiptCount == 1)
    }
  }

  @Test(arguments: Sender.all) func `wants each of its headers once, whole and right`(sender: Sender) async throws {
    try await with(sender) { platform async throws in
      let right = sender.prove(sender.secret, platform.clock.now.seconds, delivery)
      for (index, (name, value)) in right.enumerated() {
        for values in [[], [value, value], [value, "x"], ["x", value], [""], ["\(value.dropLast())"], ["\(value)0"]] {
          let headers = right[..<index] + values.map { (name, $0) } + right[(index + 1)...]
          let reply = try await platform.post("/webhooks/paid", to: .gateway, Array(headers), delivery)
          #expect(reply.status == 401 && reply.code == "unauthenticated", "\(name): \(values)")
        }
      }
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 0)
    }
  }

  @Test(arguments: Sender.all) func `refuses without a word about what it expects`(sender: Sender) async throws {
    try await with(sender) { platform async throws in
      let reply = try await post(sender, to: platform, secret: sender.otherSecret)
      #expect(reply.status == 401 && reply["content-type"] == "application/problem+json")
      for word in [sender.secret, sender.secretName, "signature", "token"] { #expect(!reply.text.contains(word)) }
      for line in platform.logLines() { #expect(!line.contains(sender.secret) && !line.contains(sender.otherSecret)) }
    }
  }

  @Test(arguments: Sender.all) func `takes the secret of before beside the one in use`(sender: Sender) async throws {
    let both = [sender.secretName: sender.otherSecret, sender.secretName + "_PREVIOUS": sender.secret]
    for (secrets, statuses) in [(both, [200, 200]), ([sender.secretName: sender.otherSecret], [401, 200])] {
      try await with(sender, secrets) { platform async throws in
        #expect(try await post(sender, to: platform).status == statuses[0])
        #expect(try await post(sender, to: platform, secret: sender.otherSecret).status == statuses[1])
      }
    }
  }

  @Test(arguments: [Sender.hex, .prefixed, .timed, .standard, .sendGrid])
  func `tells of a body that was tampered with`(sender: Sender) async throws {
    try await with(sender) { platform async throws in
      let headers = sender.prove(sender.secret, platform.clock.now.seconds, delivery)
      for body in [delivery.replacing("5", with: "6"), delivery + " ", String(delivery.dropLast()), ""] {
        #expect(try await platform.post("/webhooks/paid", to: .gateway, headers, body).status == 401, "\(body)")
      }
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 0)
    }
  }

  @Test(arguments: [Sender.timed, .standard, .sendGrid])
  func `tells of a delivery that is sent again much later`(sender: Sender) async throws {
    try await with(sender) { platform async throws in
      let headers = sender.prove(sender.secret, platform.clock.now.seconds, delivery)
      platform.clock.advance(by: .minutes(6))
      for _ in 0..<2 {
        let reply = try await platform.post("/webhooks/paid", to: .gateway, headers, delivery)
        #expect(reply.status == 401 && reply.code == "timestamp_out_of_tolerance")
      }
      let ahead = sender.prove(sender.secret, platform.clock.now.seconds + 400, delivery)
      let reply = try await platform.post("/webhooks/paid", to: .gateway, ahead, delivery)
      #expect(reply.code == "timestamp_out_of_tolerance")
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 0)
      #expect(try await post(sender, to: platform).status == 200)
    }
  }

  @Test(arguments: Sender.all) func `does not make a body JSON that is none`(sender: Sender) async throws {
    try await with(sender) { platform async throws in
      for body in ["{", "id=1", "\u{FEFF}{}"] + (sender.verify == "biteship" ? [] : [""]) {
        let headers = sender.prove(sender.secret, platform.clock.now.seconds, body)
        let reply = try await platform.post("/webhooks/paid", to: .gateway, headers, body)
        #expect(reply.status == 400 && reply.code == "invalid_json", "\(body)")
      }
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 0)
    }
  }

  @Test func `of Biteship answers an empty body when the address is saved, and keeps nothing of it`() async throws {
    try await with(.biteship) { platform async throws in
      for headers in [[], Sender.biteship.prove(Sender.biteship.secret, 0, "")] {
        let reply = try await platform.post("/webhooks/paid", to: .gateway, headers, "")
        #expect(reply.status == 200 && reply.text == "ok" && reply["content-type"] == "text/plain")
      }
      let wrong = Sender.biteship.prove("wrong", 0, "")
      #expect(try await platform.post("/webhooks/paid", to: .gateway, wrong, "").status == 401)
      #expect(try await platform.post("/webhooks/paid", to: .gateway, [], " ").status == 401)
      #expect(try await platform.one("select count(*) from lakoo.inbox") == 0)
      #expect(platform.receiptCount == 0)
    }
  }

  private func with(
    _ sender: Sender, _ secrets: [String: String]? = nil, _ body: @escaping @Sendable (Platform) async throws -> Void
  ) async throws {
    var setting = Setting()
    setting.secrets = secrets ?? [sender.secretName: sender.secret]
    try await withPlatform([till(sender)], setting, body)
  }

  private func post(_ sender: Sender, to platform: Platform, secret: String? = nil) async throws -> Answer {
    let headers = sender.prove(secret ?? sender.secret, platform.clock.now.seconds, delivery)
    return try await platform.post("/webhooks/paid", to: .gateway, headers, delivery)
  }
}

/// A bundle with one webhook.
func till(_ sender: Sender, id: String? = nil) -> BundleSource {
  BundleSource(
    "till",
    """
    needs: { secrets: [\(sender.secretName)] }
    webhooks:
      Paid: { route: POST /webhooks/paid, verify: \(sender.verify)\(id.map { ", id: \($0)" } ?? ""), body: 1KiB }
    """, [.webhook(Paid.self)])
}
