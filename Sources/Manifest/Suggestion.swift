/// The candidate that a mistyped word most likely meant, or nil when none is close enough to be worth naming.
func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
  let allowed = max(1, word.count / 3)
  return
    candidates
    .map { (word: $0, distance: editDistance(word.lowercased(), $0.lowercased())) }
    .filter { $0.distance <= allowed }
    .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?
    .word
}

/// "; did you mean 'access'?", or the fallback when nothing is close.
func hint(for word: String, among candidates: some Sequence<String>, otherwise: String = "") -> String {
  suggestion(for: word, among: candidates).map { "; did you mean '\($0)'?" } ?? otherwise
}

/// Insertions, deletions, replacements and swaps of neighbours, since swapped letters are the commonest typing mistake.
func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left)
  let right = Array(right)
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      let replace = last[j] + (left[i] == right[j] ? 0 : 1)
      var best = min(replace, last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { best = min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[right.count]
}
