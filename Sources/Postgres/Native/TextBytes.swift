private import Glibc

extension String {
  /// Whether C would take it for shorter than it is.
  var hasZeroByte: Bool {
    utf8.withContiguousStorageIfAvailable { !$0.isEmpty && memchr($0.baseAddress!, 0, $0.count) != nil }
      ?? utf8.contains(0)
  }
}

/// A statement's text as a key: two are one when their bytes are. It is looked up for every statement, so only as much of
/// it is hashed as tells statements apart, how long it is and how it ends; all of it is compared.
struct StatementText: Hashable {
  private static let hashed = 64

  let text: String

  func hash(into hasher: inout Hasher) {
    hasher.combine(text.utf8.count)
    text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: $0.suffix(StatementText.hashed))))
    }
  }

  static func == (one: StatementText, other: StatementText) -> Bool {
    let isSame: Bool?? = one.text.utf8.withContiguousStorageIfAvailable { one in
      other.text.utf8.withContiguousStorageIfAvailable { other in
        one.count == other.count && (one.isEmpty || memcmp(one.baseAddress!, other.baseAddress!, one.count) == 0)
      }
    }
    return (isSame ?? nil) ?? one.text.utf8.elementsEqual(other.text.utf8)
  }
}
