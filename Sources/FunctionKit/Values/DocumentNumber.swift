/// A series of numbers that people read out: `PAY-20260115-7K3QX`, with the Jakarta date and five letters of Crockford's
/// base 32.
///
/// Two may come out the same; whoever stores one draws again then, see ``Work/numbered(_:insert:)``.
public struct DocumentNumber: Sendable, Hashable {
  /// Such as `PAY`.
  public let series: String

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  public init(_ series: String) { self.series = series }

  public func draw(at now: Instant, random: UInt64) -> String {
    let date = CivilTime(now, offset: CivilTime.jakartaOffset)
    let day = date.year * 10_000 + date.month * 100 + date.day
    let letters = (0..<5).map { Self.alphabet[Int(random >> (5 * UInt64($0)) & 31)] }
    return "\(series)-\(day)-\(String(letters))"
  }
}

extension Work {
  /// Draws numbers until one is free.
  /// - Parameter insert: inserts with `on conflict (…) do nothing`, and so tells whether the number was free.
  public func numbered(_ kind: DocumentNumber, insert: (String) async throws -> Int) async throws -> String {
    for _ in 0..<50 {
      let number = kind.draw(at: now, random: context.random())
      if try await insert(number) == 1 { return number }
    }
    throw NumbersExhausted(kind: kind)
  }
}

/// No number was free in fifty draws out of 33 million a day, so something else is wrong.
struct NumbersExhausted: Error {
  let kind: DocumentNumber
}
