import Foundation
import Manifest
import Testing

/// Each `Invalid/<case>.yaml` has beside it the exact text of what is said about it. After a change that is meant,
/// `UPDATE_GOLDEN=1 swift test --filter ManifestTests` rewrites those texts, and their difference is what to review.
@Suite struct GoldenTests {
  private static let directory = sourceDirectory.appending(path: "Invalid")
  static let cases =
    (try? FileManager.default.contentsOfDirectory(atPath: directory.path))?
    .filter { $0.hasSuffix(".yaml") }.sorted() ?? []

  @Test(arguments: cases) func `every mistake is reported with its exact place and words`(file: String) throws {
    let yaml = try String(contentsOf: Self.directory.appending(path: file), encoding: .utf8)
    let diagnostics =
      file.hasPrefix("host-")
      ? parseHost(yaml: yaml, file: file).diagnostics : parseBundle(yaml: yaml, file: file).diagnostics
    try expectGolden(diagnostics, of: file, in: Self.directory)
  }

  @Test func `the golden files cover the kinds of mistake there are`() throws {
    #expect(Self.cases.count >= 100)
    let goldens = try FileManager.default.contentsOfDirectory(atPath: Self.directory.path)
      .filter { $0.hasSuffix(".err") }
    #expect(goldens.count == Self.cases.count, "a .err without its .yaml tests nothing")
  }

  @Test func `a file with a mistake yields no manifest`() throws {
    for file in Self.cases where !file.hasPrefix("host-") {
      let yaml = try String(contentsOf: Self.directory.appending(path: file), encoding: .utf8)
      #expect(parseBundle(yaml: yaml, file: file).manifest == nil, "\(file)")
    }
  }
}

/// Compares what is said about a file with the text beside it.
func expectGolden(_ diagnostics: [Diagnostic], of file: String, in directory: URL) throws {
  let said = diagnostics.map { "\($0)\n" }.joined()
  let golden = directory.appending(path: file.replacing(".yaml", with: ".err"))
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try said.write(to: golden, atomically: true, encoding: .utf8)
  }
  let expected = try String(contentsOf: golden, encoding: .utf8)
  #expect(said == expected, "\(difference(from: expected, to: said))")
  #expect(!said.isEmpty, "a file with a golden text must have a mistake")
  let places = diagnostics.map { Position(line: $0.line, column: $0.column) }
  #expect(places == places.sorted(), "mistakes are told in the order of the file")
}

let sourceDirectory = URL(filePath: #filePath).deletingLastPathComponent()

/// The lines that differ, marked as in a diff.
func difference(from expected: String, to said: String) -> String {
  let old = expected.split(separator: "\n")
  let new = said.split(separator: "\n")
  return new.difference(from: old).map { change in
    switch change {
    case .remove(_, let line, _): "\n- \(line)"
    case .insert(_, let line, _): "\n+ \(line)"
    }
  }.joined()
}
