import ArgumentParser
import FunctionKit

/// `lakoo releases`: what a host could serve.
struct Releases: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The releases that a host that runs has, and which are live.")

  @Argument(help: "Only those of this bundle.") var bundle: String?
  @OptionGroup var admin: AdminOptions

  func run() throws {
    try admin.show("GET", "/releases" + (bundle.map { "?bundle=\(percentEncoded($0))" } ?? "")) { data in
      let rows = (data.array ?? []).map { release in
        ["bundle", "release", "state", "addedAt"].map { release.text($0) } + [size(release, "bytes")]
      }
      return rows.isEmpty ? ["no releases"] : table(["BUNDLE", "RELEASE", "STATE", "ADDED", "SIZE"], rows)
    }
  }
}

/// `lakoo rollback`: serves what was live before.
struct Rollback: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Puts the release before live again, or an older one that still fits the database.")

  @Argument(help: "The bundle.") var bundle: String
  @Option(help: "The release to go back to; default: the one that was live before.") var toRelease: String?
  @OptionGroup var admin: AdminOptions

  func run() throws {
    var body: JSONObject = ["bundle": .string(bundle)]
    if let toRelease { body["to"] = .string(toRelease) }
    try admin.change("/rollback", .object(body)) { data in
      let gone = data["previous"]?.string
      return ["\(bundle) is back at \(data.text("release")) as deployment \(number(data))"] + steps(data)
        + (gone.map { ["\($0) stays at hand: 'lakoo deploy --release \($0)' puts it live again"] } ?? [])
    }
  }
}

/// `lakoo promote`: a candidate has done well.
struct Promote: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Lets a bundle's candidate answer every request.")

  @Argument(help: "The bundle.") var bundle: String
  @OptionGroup var admin: AdminOptions

  func run() throws {
    try admin.change("/promote", ["bundle": .string(bundle)]) { data in
      ["\(bundle) \(data.text("release")) answers every request as deployment \(number(data))"] + steps(data)
        + ["go back with 'lakoo rollback \(bundle)'"]
    }
  }
}

/// `lakoo abort`: a candidate has not.
struct Abort: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Ends a bundle's candidate; the live release answers all.")

  @Argument(help: "The bundle.") var bundle: String
  @OptionGroup var admin: AdminOptions

  func run() throws {
    try admin.change("/abort", ["bundle": .string(bundle)]) { data in
      ["the candidate of \(bundle) has ended; \(data.text("release")) answers every request"] + steps(data)
    }
  }
}

extension AdminOptions {
  /// Has the deployment changed, however long that takes.
  func change(_ path: String, _ body: JSON, lines: (JSON) -> [String]) throws {
    try show(lines: lines) { try $0.data(.deployment("POST", path, json: body)) }
  }
}
