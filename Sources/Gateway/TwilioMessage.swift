private import Crypto
internal import FunctionKit

/// A form that Twilio has signed together with the address that it was sent to.
struct TwilioMessage {
  let signature: [UInt8]
  /// Each field's name and value, in the order of names.
  private let fields: [UInt8]

  /// - Throws: ``Problem`` 401 without a signature that can be read, or of no form.
  init(_ header: SingleHeader, _ body: [UInt8]) throws(Problem) {
    guard let text = header("x-twilio-signature"), let signature = base64Decode(String(decoding: text, as: UTF8.self))
    else { throw .unauthenticated }
    self.signature = signature
    do {
      fields = try FormBody(body).sorted.flatMap { Array($0.name.utf8) + Array($0.value.utf8) }
    } catch {
      throw .unauthenticated
    }
  }

  /// What may have been signed: the scheme is the sender's to know, where TLS ends before this host.
  func contents(_ address: String) -> [[UInt8]] { ["https://", "http://"].map { Array(($0 + address).utf8) + fields } }
}
