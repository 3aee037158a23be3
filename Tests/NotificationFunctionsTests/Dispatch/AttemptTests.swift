import FunctionKit
import Testing

@testable import NotificationFunctions

@Suite struct AttemptTests {
  /// 10:00:00, 10:00:30, 10:02:30, 10:12:30, 11:12:30 without jitter.
  @Test func `the k-th retry waits the k-th backoff, a tenth more or less, and the fifth try is the last`() {
    for (attempt, seconds) in [(1, 30), (2, 120), (3, 600), (4, 3600)] as [(Int, Int64)] {
      #expect(Backoff.wait(after: attempt, random: 100) == .seconds(seconds))
      #expect(Backoff.wait(after: attempt, random: 0) == .milliseconds(seconds * 900))
      #expect(Backoff.wait(after: attempt, random: 200) == .milliseconds(seconds * 1100))
      #expect(Backoff.wait(after: attempt, random: 201) == .milliseconds(seconds * 900))
    }
    for attempt in [-1, 0, 5, 6] { #expect(Backoff.wait(after: attempt, random: 100) == nil) }
  }

  @Test func `what a carrier has taken is sent, and what it refuses is not asked again`() {
    #expect(after(.accepted(messageID: "m"), 1) == .sent(messageID: "m"))
    #expect(after(.accepted(messageID: nil), 5) == .sent(messageID: nil))
    #expect(after(.refused(code: "no"), 1) == .failed(code: "no"))
    #expect(after(.busy(.rateLimited), 4) == .again(in: .hours(1), code: "rate_limited"))
    #expect(after(.busy(.unreachable), 5) == .failed(code: "unreachable"))
  }

  @Test func `what may have arrived is repeated once, a text message never`() {
    for channel in [Channel.email, .whatsapp, .push] {
      #expect(after(.unknown, 1, channel) == .again(in: .seconds(30), code: "outcome_unknown"))
      #expect(after(.unknown, 2, unknowns: 1, channel) == .failed(code: "outcome_unknown"))
      #expect(after(.unknown, 5, channel) == .failed(code: "outcome_unknown"))
    }
    #expect(after(.unknown, 1, .sms) == .failed(code: "outcome_unknown"))
  }

  @Test func `a carrier is spared after twenty failures, for thirty seconds from the last`() {
    let now = Instant(seconds: 1_770_000_000)
    for (failures, ago, isOpen) in [(19, 0, false), (20, 0, true), (20, 29, true), (20, 30, false), (0, 0, false)] {
      let circuit = CarrierCircuit(failures: failures, lastFailedAt: now - .seconds(ago))
      #expect(circuit.isOpen(at: now) == isOpen)
    }
    #expect(!CarrierCircuit(failures: 0, lastFailedAt: nil).isOpen(at: now))
  }

  @Test(arguments: [
    ("sari@example.com", "s***@example.com"), ("+6281234567890", "+62****890"), ("a@b", "a***@b"),
  ])
  func `an address is kept masked`(address: String, shown: String) {
    #expect(masked(address) == shown)
  }

  @Test func `a form escapes all that is not plain`() {
    let form = formEncoded([("To", "+62 8"), ("Body", "Rp 1.000 & é=%_~")])
    #expect(String(decoding: form, as: UTF8.self) == "To=%2B62%208&Body=Rp%201.000%20%26%20%C3%A9%3D%25_~")
  }

  private func after(
    _ verdict: CarrierVerdict, _ attempt: Int, unknowns: Int = 0, _ channel: Channel = .email
  ) -> AfterAttempt {
    AfterAttempt(verdict, attempt: attempt, unknowns: unknowns, channel: channel, random: 100)
  }
}
