import FunctionKit
import Testing

@testable import Deployment

@Suite struct `A deployment file` {
  private func record() throws -> DeploymentRecord {
    try DeploymentRecord(since: noon).deploying("a", of: "cart", at: noon).deploying("b", of: "cart", at: noon)
  }

  private func file(_ release: String, sha256: String? = nil) -> DeploymentFile {
    let digest = sha256 ?? "digest of \(release)"
    return DeploymentFile(bundles: ["cart": DeploymentFile.Entry(release: release, sha256: digest)])
  }

  @Test func `is made of what is live, and is read as it was written`() throws {
    let file = try DeploymentFile(record(), stored: keeping("b"))
    #expect(file == self.file("b"))
    #expect(try DeploymentFile(file.text()) == file)
    let error = #expect(throws: DeploymentError.self) { try DeploymentFile(record(), stored: keeping()) }
    #expect(error?.code == .unknownRelease)
  }

  @Test func `has its members in order, each on its own line`() throws {
    let digest = String(repeating: "0", count: 64)
    let entry = DeploymentFile.Entry(release: "0123456789ab", sha256: digest)
    let text = try DeploymentFile(bundles: ["shop": entry, "cart": entry]).text()
    #expect(
      String(decoding: text, as: UTF8.self) == """
        {
          "bundles": {
            "cart": {
              "release": "0123456789ab",
              "sha256": "\(digest)"
            },
            "shop": {
              "release": "0123456789ab",
              "sha256": "\(digest)"
            }
          },
          "format": 1
        }

        """)
  }

  @Test func `is applied at one number, and leaves other bundles as they are`() throws {
    let before = try record().deploying("x", of: "shop", at: noon).deploying("m", of: "menu", at: noon)
    let both = DeploymentFile(bundles: [
      "cart": .init(release: "a", sha256: "digest of a"), "menu": .init(release: "a", sha256: "digest of a"),
    ])
    #expect(refusal { try before.applying(both, at: noon, stored: keeping("a")) } == .unknownRelease)
    let after = try before.applying(file("a"), at: noon, stored: keeping("a"))
    #expect(after.number == before.number + 1)
    #expect(after.releases() == ["cart": "a", "shop": "x", "menu": "m"])
    #expect(after.bundles["cart"]?.previous == "b")
  }

  @Test func `that says what is live changes nothing`() throws {
    let record = try record()
    #expect(try record.applying(file("b"), at: noon, stored: keeping("b")) == record)
  }

  @Test func `names every release that is not kept, or is kept with other content`() throws {
    let record = try record()
    let error = #expect(throws: DeploymentError.self) { try record.applying(file("z"), at: noon, stored: keeping("a")) }
    #expect(
      error?.message == "release z of cart is not kept here; send its bundle file first, or deploy that")
    #expect(throws: DeploymentError.self) {
      try record.applying(file("a", sha256: "another"), at: noon, stored: keeping("a"))
    }
  }

  @Test(arguments: ["", "{}", #"{"format": 2, "bundles": {}}"#, #"{"format": 1}"#, #"{"format": 1, "bundles": []}"#])
  func `that is none is refused`(text: String) {
    let error = #expect(throws: DeploymentError.self) { try DeploymentFile(Array(text.utf8)) }
    #expect(error?.code == .unreadable)
  }
}
