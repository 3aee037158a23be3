private import Crypto
internal import FunctionKit
internal import Manifest

/// What makes two deliveries the same one: the id that the sender gives it, else what the function makes of the body,
/// else the body itself.
struct DeliveryName {
  let source: DeliveryIDSource?
  /// What the function makes of the body; empty for nothing.
  let ofFunction: String

  /// - Throws: `JSONSyntaxError` when the body is no JSON and has to be looked into.
  func text(_ header: SingleHeader, _ body: [UInt8]) throws -> String {
    let given = try ofSender(header, body) ?? []
    let name = given.isEmpty ? Array(ofFunction.utf8) : given
    return name.isEmpty ? hexString(sha256(body)) : storable(name)
  }

  private func ofSender(_ header: SingleHeader, _ body: [UInt8]) throws -> [UInt8]? {
    switch source {
    case .header(let name): header(name).map { Array($0) }
    case .body(let path): try path.reduce(JSON.parse(body)) { $0[$1] ?? .null }.asName
    case nil: nil
    }
  }

  /// The name as it is if it is a text that a database takes and an index holds; else its digest.
  private func storable(_ name: [UInt8]) -> String {
    guard name.count <= 200, !name.contains(0), let text = String(validating: name, as: UTF8.self) else {
      return hexString(sha256(name))
    }
    return text
  }
}

extension JSON {
  fileprivate var asName: [UInt8]? { (string ?? number?.text).map { Array($0.utf8) } }
}
