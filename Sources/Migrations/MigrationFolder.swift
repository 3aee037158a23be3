private import FoundationEssentials

extension Migration {
  /// The steps in a folder: files named like `0003_payments.sql`, numbered from 1 without gaps.
  /// - Throws: ``MigrationError`` with all that is wrong with the names, or the first thing that is wrong with a file.
  public static func load(directory: String) throws -> [Migration] {
    try steps(directory).map { try load($0, directory) }
  }

  /// The numbers of the steps in a folder, of which nothing is read.
  /// - Throws: ``MigrationError`` as ``load(directory:)`` does.
  public static func versions(directory: String) throws -> [Int] { try steps(directory).map(\.version) }

  private static func steps(_ directory: String) throws -> [FileName] {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: directory) } catch {
      throw MigrationError("\(directory): the folder of migrations can't be read")
    }
    return try inOrder(names.filter { $0.hasSuffix(".sql") }.sorted(), directory)
  }

  /// Every file that the steps of a folder are made of, relative to it: what has to go along when the folder is moved.
  /// - Throws: ``MigrationError`` for a script that can't be taken apart.
  public static func files(directory: String) throws -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return try names.filter { $0.hasSuffix(".sql") }.sorted().flatMap { name in
      let path = "\(directory)/\(name)"
      let parts = try scriptParts(contents(path, "\(path): the file can't be read"), path)
      return [name] + parts.compactMap { if case .copy(let copy) = $0 { copy.file } else { nil } }
    }
  }

  private static func load(_ file: FileName, _ directory: String) throws -> Migration {
    let path = "\(directory)/\(file.text)"
    let text = try contents(path, "\(path): the file can't be read")
    let parts = try scriptParts(text, path).map { part in
      switch part {
      case .sql(let sql, let line): Part.sql(sql, line: line)
      case .copy(let copy):
        Part.copy(
          statement: copy.statement,
          content: try contents("\(directory)/\(copy.file)", "\(path):\(copy.line): '\(copy.file)' can't be read"),
          line: copy.line)
      }
    }
    return Migration(version: file.version, name: file.name, text: text, parts: parts)
  }

  private static func contents(_ path: String, _ failure: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw MigrationError(failure) }
    return [UInt8](data)
  }

  /// Checks the numbers: each there once, and none left out.
  private static func inOrder(_ files: [String], _ directory: String) throws -> [FileName] {
    var problems = files.filter { FileName($0) == nil }.map {
      "\(directory)/\($0): the name must be like 0001_what_it_does.sql"
    }
    let known = files.compactMap(FileName.init).sorted { $0.version < $1.version }
    var expected = 1
    for file in known {
      if file.version < expected {
        problems.append("\(directory)/\(file.text): number \(fourDigits(file.version)) is used twice")
      } else if file.version > expected {
        problems.append("\(directory)/\(file.text): number \(fourDigits(expected)) is missing before it")
      }
      expected = max(expected, file.version + 1)
    }
    guard problems.isEmpty else { throw MigrationError(problems.joined(separator: "\n")) }
    return known
  }
}

/// `0003_payments.sql`, taken apart.
private struct FileName {
  let text: String
  let version: Int
  let name: String

  init?(_ text: String) {
    let stem = text.dropLast(4)
    guard let underscore = stem.firstIndex(of: "_") else { return nil }
    let digits = stem[..<underscore]
    let name = stem[stem.index(after: underscore)...]
    guard digits.count == 4, digits.allSatisfy({ ("0"..."9").contains($0) }), let version = Int(digits), version > 0,
      !name.isEmpty, name.allSatisfy({ ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" })
    else { return nil }
    self.text = text
    self.version = version
    self.name = String(name)
  }
}
