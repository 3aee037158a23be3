import FunctionKit
import Glibc
import Testing

@testable import Deployment

@Suite struct `A deployment record` {
  private let empty = DeploymentRecord(since: noon)
  private let later = noon + .seconds(60)

  private func live(_ releases: String...) throws -> DeploymentRecord {
    try releases.reduce(empty) { try $0.deploying($1, of: "cart", at: noon) }
  }

  @Test func `of a first deploy has nothing before it`() throws {
    let record = try live("a")
    #expect(record.number == 1)
    #expect(record.releases() == ["cart": "a"])
    #expect(record.bundles["cart"]?.previous == nil)
  }

  @Test func `keeps what was live as what a rollback goes back to`() throws {
    let record = try live("a").deploying("b", of: "cart", at: later)
    #expect((record.number, record.since) == (2, later))
    #expect(record.bundles["cart"]?.previous == "a")
    #expect(record.bundles["cart"]?.since == later)
  }

  @Test func `is not changed by deploying what is live`() throws {
    let record = try live("a", "b")
    #expect(try record.deploying("b", of: "cart", at: later) == record)
  }

  @Test func `rolls back, and forth again`() throws {
    let back = try live("a", "b").rollingBack("cart", at: later, stored: keeping("a", "b"))
    #expect(back.releases() == ["cart": "a"])
    #expect(back.bundles["cart"]?.previous == "b")
    #expect(back.number == 3)
    let forth = try back.rollingBack("cart", at: later, stored: keeping("a", "b"))
    #expect(forth.releases() == ["cart": "b"])
  }

  @Test func `rolls back to any release that is kept`() throws {
    let record = try live("a", "b", "c")
    #expect(try record.rollingBack("cart", to: "a", at: later, stored: keeping("a")).releases() == ["cart": "a"])
  }

  @Test func `refuses a rollback that leads nowhere`() throws {
    let record = try live("a", "b")
    #expect(refusal { try live("a").rollingBack("cart", at: later, stored: keeping("a")) } == .nothingToRollBack)
    #expect(refusal { try record.rollingBack("cart", to: "z", at: later, stored: keeping("a")) } == .unknownRelease)
    #expect(refusal { try record.rollingBack("cart", at: later, stored: keeping("b")) } == .unknownRelease)
    #expect(refusal { try record.rollingBack("cart", to: "b", at: later, stored: keeping("b")) } == .alreadyLive)
    #expect(refusal { try record.rollingBack("shop", at: later, stored: keeping("a")) } == .unknownBundle)
    let ofAnother = keeping("a", bundle: "shop")
    #expect(refusal { try record.rollingBack("cart", to: "a", at: later, stored: ofAnother) } == .unknownRelease)
  }

  @Test func `needs what it names, and the newest others of each bundle`() throws {
    var record = try live("a", "b").beginning(candidate: "c", of: "cart", percent: 5, at: later)
    record.tree["cart"] = "d"
    record = try record.deploying("s", of: "shop", at: later)
    let all =
      ["a", "b", "c", "d", "e", "f", "g"].enumerated().map { stored($1, of: "cart", at: $0) }
      + ["s", "t", "u"].enumerated().map { stored($1, of: "shop", at: -$0) } + [stored("z", of: "gone", at: 0)]
    func unneeded(_ keep: Int) -> [String] { record.unneeded(of: all, keeping: keep).map(\.release) }
    #expect(unneeded(0) == ["g", "f", "e", "z", "t", "u"])
    #expect(unneeded(1) == ["f", "e", "u"])
    #expect(unneeded(3) == [])
  }

  private func stored(_ release: String, of bundle: String, at second: Int) -> StoredRelease {
    StoredRelease(release: release, bundle: bundle, sha256: "", bytes: 1, addedAt: noon + .seconds(Int64(second)))
  }

  @Test func `puts a candidate on trial, which is promoted or aborted`() throws {
    let trial = try live("a", "b").beginning(candidate: "c", of: "cart", percent: 5, at: later)
    #expect(trial.releases() == ["cart": "b"])
    #expect(trial.releases(withCandidatesOf: ["cart"]) == ["cart": "c"])
    #expect(trial.bundles["cart"]?.percent == 5)
    let promoted = try trial.promoting("cart", at: later)
    #expect(promoted.releases() == ["cart": "c"])
    #expect((promoted.bundles["cart"]?.previous, promoted.bundles["cart"]?.candidate) == ("b", nil))
    let aborted = try trial.aborting("cart", at: later)
    #expect(aborted.bundles == (try live("a", "b").bundles))
    #expect(aborted.number == trial.number + 1)
  }

  @Test func `changes a bundle on trial in no other way`() throws {
    let trial = try live("a", "b").beginning(candidate: "c", of: "cart", percent: 5, at: later)
    #expect(refusal { try trial.deploying("d", of: "cart", at: later) } == .candidateUnderWay)
    #expect(refusal { try trial.rollingBack("cart", at: later, stored: keeping("a")) } == .candidateUnderWay)
    #expect(refusal { try trial.beginning(candidate: "d", of: "cart", percent: 5, at: later) } == .candidateUnderWay)
  }

  @Test func `refuses a trial that makes no sense`() throws {
    let record = try live("a")
    #expect(refusal { try record.beginning(candidate: "a", of: "cart", percent: 5, at: later) } == .alreadyLive)
    #expect(refusal { try record.beginning(candidate: "b", of: "cart", percent: 100, at: later) } == .percentOutOfRange)
    #expect(refusal { try record.beginning(candidate: "b", of: "shop", percent: 5, at: later) } == .unknownBundle)
    #expect(refusal { try record.promoting("cart", at: later) } == .noCandidate)
    #expect(refusal { try record.aborting("cart", at: later) } == .noCandidate)
  }

  @Test func `lets go of a bundle that it has`() throws {
    let record = try live("a").deploying("x", of: "shop", at: noon).removing("cart", at: later)
    #expect(record.releases() == ["shop": "x"])
    #expect((record.number, record.since) == (3, later))
    #expect(refusal { try record.removing("cart", at: later) } == .unknownBundle)
  }

  @Test func `is read as it was saved, and is nothing before`() throws {
    let bench = try Workbench()
    let directory = "\(bench.root)/state/deployments"
    #expect(try DeploymentRecord.load(directory: directory) == nil)
    var record = try live("a", "b").beginning(candidate: "c", of: "cart", percent: 5, at: later)
      .deploying("x", of: "shop", at: later)
    record.tree = ["cart": "b", "shop": "x"]
    try record.save(directory: directory)
    #expect(try DeploymentRecord.load(directory: directory) == record)
    try live("a").save(directory: directory)
    #expect(try DeploymentRecord.load(directory: directory) == live("a"))
    #expect(bench.entries("state/deployments") == ["current.json"])
  }

  @Test func `that can't be read says which file`() throws {
    let bench = try Workbench()
    try bench.write("state/deployments/current.json", "{")
    let error = #expect(throws: DeploymentError.self) {
      try DeploymentRecord.load(directory: "\(bench.root)/state/deployments")
    }
    #expect(error?.code == .unreadable)
    #expect(error?.message.contains("\(bench.root)/state/deployments/current.json") == true)
  }

  @Test func `that can't be saved says whether the disk is full`() throws {
    let bench = try Workbench()
    try bench.write("file", "")
    let error = #expect(throws: DeploymentError.self) {
      try live("a").save(directory: "\(bench.root)/file/deployments")
    }
    #expect(error?.code == .notWritten)
    #expect(error?.message.hasSuffix("not a directory; let the host write there and try again") == true)
    let full = DeploymentError(DiskError("write /x/current.json", number: ENOSPC), savingIn: "/x")
    #expect(full.code == .noSpace)
    #expect(full.message.hasSuffix("no space left on device; make room there and try again"))
  }
}

/// A store that keeps these.
func keeping(_ releases: String..., bundle: String = "cart") -> (String) -> StoredRelease? {
  { release in
    guard releases.contains(release) else { return nil }
    return StoredRelease(release: release, bundle: bundle, sha256: "digest of \(release)", bytes: 1, addedAt: noon)
  }
}

func refusal(_ change: () throws -> DeploymentRecord) -> DeploymentError.Code? {
  do { _ = try change() } catch { return (error as? DeploymentError)?.code }
  return nil
}
