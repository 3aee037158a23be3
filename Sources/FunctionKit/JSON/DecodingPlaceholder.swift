/// A type that offers a stand-in, so that decoding can go on after a bad value and report what else is wrong.
///
/// The stand-in never reaches a function: the decoding it appears in fails.
public protocol DecodingPlaceholder {
  static var placeholder: Self { get }
}

/// Thrown when there is no stand-in for a value already reported.
struct NoPlaceholder: Error {}

/// A guess at what a type that refuses empty text may accept.
struct Specimen {
  let text: String
  let number: Int

  static let all = [
    Specimen(text: "", number: 0),
    Specimen(text: "0", number: 1),
    Specimen(text: "00000000-0000-7000-8000-000000000000", number: 1),
    Specimen(text: "1970-01-01T00:00:00.000Z", number: 1),
    Specimen(text: "1970-01-01", number: 1),
    Specimen(text: "a", number: 1),
  ]
  static var first: Specimen { all[0] }
}

extension FieldFailures {
  /// A value of the type that reports nothing, from the type itself or by decoding it from a guess.
  func placeholder<T: Decodable>(_ type: T.Type) throws -> T {
    if let offered = offer(type) { return offered }
    for specimen in Specimen.all {
      let decoder = NodeDecoder(.ghost(specimen), at: .root, self)
      if let value = try? T(from: decoder) { return value }
      // A composite type fails because of a part, and each part has had all its guesses already.
      guard decoder.usedAsScalar else { break }
    }
    throw NoPlaceholder()
  }

  private func offer<T>(_ type: T.Type) -> T? {
    if let type = type as? any DecodingPlaceholder.Type { return type.placeholder as? T }
    if let type = type as? any CaseIterable.Type { return first(type) as? T }
    return nil
  }

  private func first<T: CaseIterable>(_ type: T.Type) -> T? { type.allCases.first }
}
