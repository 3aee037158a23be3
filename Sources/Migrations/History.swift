/// What the database says has been done, against what the files say.
struct History {
  struct Entry {
    let version: Int
    let name: String
    let checksum: String
  }

  let bundle: String
  let entries: [Entry]

  /// The steps that are still to be done.
  /// - Parameter mayBeAhead: whether the database may have steps whose files are not there; they stay as they are.
  /// - Throws: ``MigrationError`` with everything that does not fit.
  func pending(_ migrations: [Migration], mayBeAhead: Bool = false) throws -> [Migration] {
    let byVersion = Dictionary(migrations.map { ($0.version, $0) }) { first, _ in first }
    let last = entries.map(\.version).max() ?? 0
    let next = fourDigits(max(last, migrations.map(\.version).max() ?? 0) + 1)
    var problems = entries.compactMap { entry in
      byVersion[entry.version] == nil && mayBeAhead ? nil : problem(entry, byVersion[entry.version], next)
    }
    let done = Set(entries.map(\.version))
    let pending = migrations.filter { !done.contains($0.version) }.sorted { $0.version < $1.version }
    for migration in pending where migration.version < last {
      problems.append(
        "\(bundle)/\(migration.fileName): comes before \(fourDigits(last)), which this database already has; "
          + "give it the next number, \(next)")
    }
    guard problems.isEmpty else { throw MigrationError(problems.joined(separator: "\n")) }
    return pending
  }

  private func problem(_ entry: Entry, _ migration: Migration?, _ next: String) -> String? {
    guard let migration else {
      return "\(bundle)/\(fourDigits(entry.version))_\(entry.name).sql: this database already has it, but the file is "
        + "missing; put it back, or start the version of the bundle that contains it"
    }
    guard migration.checksum != entry.checksum else { return nil }
    return "\(bundle)/\(migration.fileName): was changed after this database got it; put back version "
      + "\(entry.version) as it was and make the change in a new file, \(next)_….sql"
  }
}
