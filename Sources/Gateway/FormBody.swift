internal import FunctionKit

/// An `application/x-www-form-urlencoded` body.
struct FormBody {
  /// More than any sender has; each field costs a comparison with its like.
  private static let mostFields = 200

  let fields: [(name: String, value: String)]

  /// - Throws: ``Problem`` 400 for a broken escape, bytes that are no UTF-8, a zero byte, and too many fields.
  init(_ bytes: [UInt8]) throws(Problem) {
    fields = try RequestParts.query(bytes[...])
    guard fields.count <= Self.mostFields else {
      throw Problem(400, "invalid_form", "The form has more than \(Self.mostFields) fields.")
    }
  }

  /// By the bytes of the names and then of the values.
  var sorted: [(name: String, value: String)] {
    fields.sorted { Self.isBefore($0.name, $1.name) || ($0.name == $1.name && Self.isBefore($0.value, $1.value)) }
  }

  /// The same as JSON, an object of texts.
  /// - Throws: ``Problem`` 400 for a field that is there twice: which one counts must not be a matter of taste.
  func json() throws(Problem) -> [UInt8] {
    let object = JSONObject(fields.map { ($0.name, .string($0.value)) })
    guard object.count == fields.count else {
      throw Problem(400, "invalid_form", "A field of the form is there twice.")
    }
    return JSON.object(object).serialized()
  }

  private static func isBefore(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}
