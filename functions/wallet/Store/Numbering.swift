import FunctionKit

extension Work {
  /// Draws numbers until one is free.
  /// - Parameter insert: inserts with `on conflict (…) do nothing`, and so tells whether the number was free.
  func numbered(_ kind: DocumentNumber, insert: (String) async throws -> Int) async throws -> String {
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
