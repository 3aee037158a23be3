/// Splits a whole by weights so that the parts add up to it: each gets its share rounded down, and what is left goes
/// rupiah by rupiah to the largest remainders, the earlier part first. Without any weight the shares are equal.
func split(_ whole: Int, by weights: [Int]) -> [Int] {
  guard !weights.isEmpty else { return [] }
  let total = weights.reduce(0, +)
  guard total > 0 else { return split(whole, by: weights.map { _ in 1 }) }
  let shares = weights.map { total.dividingFullWidth(whole.multipliedFullWidth(by: $0)) }
  var parts = shares.map(\.quotient)
  let byRemainder = shares.indices.sorted { (shares[$1].remainder, $0) < (shares[$0].remainder, $1) }
  for index in byRemainder.prefix(whole - parts.reduce(0, +)) { parts[index] += 1 }
  return parts
}

/// A share in basis points, rounded half up to the rupiah.
func share(of amount: Int, basisPoints: Int) -> Int { (amount * basisPoints + 5000) / 10_000 }
