import Foundation
import TLS
import Testing

@Suite struct `A certificate and its key` {
  private func refusal(_ certificate: String, _ key: String) -> String {
    let error = #expect(throws: TLSError.self) { _ = try TLSSource(certificate: certificate, key: key) }
    return error?.description ?? ""
  }

  @Test func `that can't be used are refused with the file and the reason`() throws {
    let files = try Certificates()
    try files.make("one")
    try files.make("two")
    try files.make("old", isExpired: true)
    try files.encryptKey("one", as: "locked.key")
    try Data("no key".utf8).write(to: URL(fileURLWithPath: files.path("junk")))
    let (one, key) = (files.path("one.pem"), files.path("one.key"))
    #expect(refusal(files.path("none"), key).contains("none can't be used: No such file"))
    #expect(refusal(files.path("junk"), key).contains("junk can't be used: no start line"))
    #expect(refusal(one, files.path("none")).contains("none can't be used: No such file"))
    #expect(refusal(one, files.path("junk")).contains("junk can't be used"))
    #expect(refusal(one, files.path("locked.key")).contains("locked.key can't be used"))
    #expect(refusal(one, files.path("two.key")).contains("two.key can't be used: key values mismatch"))
    #expect(refusal(files.path("old.pem"), files.path("old.key")).contains("old.pem has expired"))
  }

  @Test func `are noticed when they change, and kept as they were when the new ones are wrong`() throws {
    let files = try Certificates()
    try files.make("one")
    try files.make("two")
    try files.make("old", isExpired: true)
    var source = try TLSSource(certificate: files.path("one.pem"), key: files.path("one.key"))
    let first = source.context
    #expect(try source.refresh() == nil)
    try files.replace("one", by: "old")
    #expect(throws: TLSError.self) { try source.refresh() }
    #expect(try source.refresh() == nil)
    #expect(source.context === first)
    try files.replace("one", by: "two")
    #expect(try source.refresh() !== first)
    #expect(source.context !== first)
    #expect(try source.refresh() == nil)
    try FileManager.default.removeItem(atPath: files.path("one.key"))
    #expect(throws: TLSError.self) { try source.refresh() }
  }

  @Test func `that can't be used now are as they last were for whoever has kept them`() throws {
    let files = try Certificates()
    try files.make("one")
    let (one, key) = (files.path("one.pem"), files.path("one.key"))
    let kept = try TLSSource(certificate: one, key: key).pair
    try Data("junk".utf8).write(to: URL(fileURLWithPath: one))
    var source = try TLSSource(certificate: one, key: key, orElse: kept)
    #expect(throws: TLSError.self) { try source.refresh() }
    #expect(try source.refresh() == nil)
    try files.make("one")
    #expect(try source.refresh() != nil)
  }
}
