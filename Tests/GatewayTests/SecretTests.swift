import FunctionKit
import Testing

@testable import Gateway

private let now: Int64 = 1_770_000_000

@Suite struct `What a sender proves` {
  @Test(arguments: Sender.all) func `holds for the secret in use and the one before, and for no other`(sender: Sender)
    throws
  {
    let (old, new) = (sender.secret, sender.otherSecret)
    for (secrets, right) in [([new, old], [new, old]), ([new], [new]), ([old], [old]), ([], [])] {
      for secret in [old, new] {
        let verdict = try sender.refusal(sender.prove(secret, now, "{}"), secrets: secrets, at: now)
        #expect((verdict == nil) == right.contains(secret))
      }
    }
  }

  /// What comes near: parts of the right answer, changed by a little, under names that matter.
  @Test(arguments: Sender.all) func `is not to be guessed`(sender: Sender) throws {
    var random = Random(state: 5)
    let right = sender.prove(sender.secret, now, "{}")
    let verifier = WebhookVerifier(proof: try sender.proof(), secrets: [sender.secret, sender.otherSecret])
    #expect(sender.refusal(of: verifier, right, "{}", at: now) == nil)
    for _ in 0..<3000 {
      var headers = right
      let changed = headers.indices.randomElement(using: &random)!
      headers[changed].1 = mutated(headers[changed].1, &random)
      if headers[changed].1 == right[changed].1 || isAlike(headers[changed].1, right[changed].1, sender) { continue }
      if Bool.random(using: &random) { headers.remove(at: headers.indices.randomElement(using: &random)!) }
      #expect(sender.refusal(of: verifier, headers, "{}", at: now) != nil, "\(headers)")
    }
  }

  @Test(arguments: Sender.all) func `is no random bytes, and none of them trap`(sender: Sender) throws {
    var random = Random(state: 9)
    let verifier = WebhookVerifier(proof: try sender.proof(), secrets: [sender.secret, sender.otherSecret])
    for _ in 0..<3000 {
      let body = bytes(&random)
      let headers = [nil, bytes(&random)[...], bytes(&random)[...], bytes(&random)[...]]
      #expect(throws: Problem.self) {
        try verifier.verify({ _ in headers.randomElement(using: &random)! }, body, at: Instant(seconds: now))
      }
    }
  }

  /// Half of them of letters that mean something to a scheme.
  private func bytes(_ random: inout Random) -> [UInt8] {
    let letters = Bool.random(using: &random) ? Array(0...255) : Array("0123456789abcdefv1,= .".utf8)
    return (0..<Int.random(in: 0...70, using: &random)).map { _ in letters.randomElement(using: &random)! }
  }

  /// Hex digits mean the same in either case, and signatures beside the right one take nothing away.
  private func isAlike(_ value: String, _ right: String, _ sender: Sender) -> Bool {
    switch sender.verify {
    case Sender.hex.verify, Sender.timed.verify: value.lowercased() == right.lowercased()
    case Sender.standard.verify: value.split(separator: " ").contains { $0 == right }
    default: false
    }
  }

  private func mutated(_ text: String, _ random: inout Random) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let index = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0...4, using: &random) {
      case 0: bytes.removeFirst(min(index, bytes.count))
      case 1: bytes.insert(UInt8.random(in: 0x20...0xFF, using: &random), at: index)
      case 2 where index < bytes.count: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 3: bytes = (0..<index).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
      default: bytes.append(contentsOf: bytes.prefix(index))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

@Suite struct `A secret's form` {
  @Test(arguments: [
    ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true), ("whsec_" + String(repeating: "A", count: 88), false),
    ("whsec_" + String(repeating: "A", count: 84) + "AA==", true), ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false),
    ("whsec_", false), ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", false), ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La", false),
    ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_", false), ("whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false), ("", false),
  ]) func `under Standard Webhooks is whsec_ and the base64 of 24 to 64 bytes`(secret: String, isRight: Bool) {
    #expect((standardKey(secret) != nil) == isRight)
  }

  @Test(arguments: [
    (SigningKeys.publicKey, true), (SigningKeys.otherPublicKey, true), (SigningKeys.privateKey, false), ("", false),
    (String(SigningKeys.publicKey.dropLast(4)), false), (SigningKeys.publicKey.replacing("83F", with: "84F"), false),
    (SigningKeys.publicKey + "AAAA", false), (SigningKeys.publicKey.replacing("MFkw", with: "MFkx"), false),
  ]) func `of SendGrid's is the base64 of a point on P-256`(secret: String, isRight: Bool) {
    #expect((sendGridKey(secret) != nil) == isRight)
  }
}
