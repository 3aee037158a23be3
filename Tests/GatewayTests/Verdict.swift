import FunctionKit
import Manifest

@testable import Gateway

extension Sender {
  /// Why a delivery with these headers is refused; nil when it is not.
  func refusal(
    _ headers: [(String, String)], _ body: String = "{}", secrets: [String]? = nil, at now: Int64
  ) throws -> String? {
    let verifier = WebhookVerifier(proof: try proof(), secrets: secrets ?? [secret])
    return refusal(of: verifier, headers, body, at: now)
  }

  func refusal(of verifier: WebhookVerifier, _ headers: [(String, String)], _ body: String, at now: Int64) -> String? {
    do throws(Problem) {
      try verifier.verify(
        { name in
          let values = headers.filter { $0.0.lowercased() == name.lowercased() }
          return values.count == 1 ? Array(values[0].1.utf8)[...] : nil
        }, Array(body.utf8), at: Instant(seconds: now))
      return nil
    } catch { return error.code }
  }
}
