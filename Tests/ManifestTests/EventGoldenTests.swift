import Foundation
import Manifest
import Testing

/// As ``GoldenTests``, for the files of events: each `InvalidEvents/<case>.yaml` has what is said about it beside it.
@Suite struct EventGoldenTests {
  private static let directory = sourceDirectory.appending(path: "InvalidEvents")
  static let cases =
    (try? FileManager.default.contentsOfDirectory(atPath: directory.path))?
    .filter { $0.hasSuffix(".yaml") }.sorted() ?? []

  @Test(arguments: cases) func `every mistake is reported with its exact place and words`(file: String) throws {
    let yaml = try String(contentsOf: Self.directory.appending(path: file), encoding: .utf8)
    let parsed = parseEvent(yaml: yaml, file: "events/thing.done.yaml")
    try expectGolden(parsed.diagnostics, of: file, in: Self.directory)
    #expect(parsed.manifest == nil, "a file with a mistake yields no event")
  }

  @Test func `the golden files cover the kinds of mistake there are`() { #expect(Self.cases.count >= 40) }
}
