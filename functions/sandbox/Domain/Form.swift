import FunctionKit

/// Reads a body's members and gathers what is wrong with them, in the provider's words.
struct Form {
  private let object: JSONObject
  private let path: String
  private(set) var errors: [Refusal.Item] = []

  init(_ body: JSON, path: String = "body") {
    object = body.object ?? [:]
    self.path = path
    if body.object == nil { errors.append(.init(path: path, message: "must be an object")) }
  }

  mutating func require(_ holds: Bool, _ name: String, _ message: String) {
    if !holds { errors.append(.init(path: "\(path)/\(name)", message: message)) }
  }

  /// Nil for what is absent, null or wrong.
  mutating func text(_ name: String, _ length: ClosedRange<Int>) -> String? {
    guard let value = object[name], !value.isNull else { return nil }
    guard let text = value.string, length.contains(text.count), !text.unicodeScalars.contains("\0") else {
      require(false, name, "must be text of \(length.lowerBound) to \(length.upperBound) characters")
      return nil
    }
    return text
  }

  /// - Parameter message: what is wrong when there is none.
  mutating func requiredText(_ name: String, _ length: ClosedRange<Int>) -> String {
    let before = errors.count
    let text = text(name, length)
    if text == nil && errors.count == before { require(false, name, "is required") }
    return text ?? ""
  }

  /// A fraction of a rupiah is cut off, not refused.
  mutating func rupiah(_ name: String) -> Int? {
    guard let value = object[name], !value.isNull else { return nil }
    let amount = value.double.flatMap { Int(exactly: $0.rounded(.towardZero)) }
    guard let amount, amount > 0 else {
      require(false, name, "must be a positive number")
      return nil
    }
    return amount
  }

  func finish() throws(Refusal) {
    if !errors.isEmpty { throw .invalid(errors) }
  }
}
