/// Collects the mistakes of one file, because a person wants to mend them all at once and not one per run.
final class Mistakes {
  let file: String
  private var found: [Diagnostic] = []

  init(file: String) { self.file = file }

  func add(_ message: String, at position: Position) {
    found.append(Diagnostic(file: file, at: position, message))
  }

  var isEmpty: Bool { found.isEmpty }
  var count: Int { found.count }

  /// In order of position; mistakes at one place keep the order in which they were found.
  var all: [Diagnostic] { inOrder(found) }
}

/// Sorts by file, then place. The index breaks ties because the standard sort does not promise to be stable.
func inOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
  diagnostics.enumerated()
    .sorted { left, right in
      (left.element.file, left.element.line, left.element.column, left.offset)
        < (right.element.file, right.element.line, right.element.column, right.offset)
    }
    .map(\.element)
}
