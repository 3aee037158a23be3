/// The members of a JSON object in the order they were written.
///
/// Names that differ only in Unicode composition are one name, as they are for `String`.
public struct JSONObject: Sendable {
  public private(set) var members: [(name: String, value: JSON)] = []

  /// Filled only past `scanned` members: small objects are faster to scan, large ones must not cost quadratic time.
  private var index: [String: Int] = [:]
  private static let scanned = 16

  public init() {}

  /// Members in order; a later one replaces an earlier one of the same name.
  public init(_ members: some Sequence<(String, JSON)>) {
    for (name, value) in members { self[name] = value }
  }

  public var count: Int { members.count }
  public var isEmpty: Bool { members.isEmpty }

  /// Reads, replaces in place, appends, or, given `nil`, removes a member.
  public subscript(name: String) -> JSON? {
    get { position(of: name).map { members[$0].value } }
    set {
      switch (position(of: name), newValue) {
      case (let position?, let value?): members[position].value = value
      case (let position?, nil): remove(at: position)
      case (nil, let value?): append(name, value)
      case (nil, nil): break
      }
    }
  }

  func contains(_ name: String) -> Bool { position(of: name) != nil }

  /// The caller vouches that the name is new.
  mutating func append(_ name: String, _ value: JSON) {
    members.append((name, value))
    if members.count == Self.scanned + 1 {
      reindex()
    } else if members.count > Self.scanned {
      index[name] = members.count - 1
    }
  }

  private func position(of name: String) -> Int? {
    index.isEmpty ? members.firstIndex { $0.name == name } : index[name]
  }

  private mutating func remove(at position: Int) {
    members.remove(at: position)
    reindex()
  }

  private mutating func reindex() {
    index.removeAll()
    guard members.count > Self.scanned else { return }
    for (position, member) in members.enumerated() { index[member.name] = position }
  }
}

extension JSONObject: Equatable {
  /// Order carries no meaning in JSON, and storage such as `jsonb` does not keep it.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.count == right.count && left.members.allSatisfy { right[$0.name] == $0.value }
  }
}
