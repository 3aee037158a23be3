import ArgumentParser
import FunctionKit

/// `lakoo deploy`: has a host check a release, migrate for it and serve it.
struct Deploy: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Puts a bundle file live on a host that runs; when a check fails the old release stays.")

  @Argument(help: "The bundle file, as 'lakoo build' writes it.") var file: String?
  @Option(help: "A release that the host has already, in place of a file.") var release: String?
  @Flag(help: "Do all the checks, then undo everything.") var dryRun = false
  @Option(help: "Let it answer so many of a hundred requests beside the live release; 1 to 99.") var percent: Int?
  @OptionGroup var admin: AdminOptions

  func validate() throws {
    guard (file == nil) != (release == nil) else {
      throw ValidationError("Say what to deploy: a bundle file, or --release with a release that the host has.")
    }
    if let percent, !(1...99).contains(percent) {
      throw ValidationError("--percent \(percent): must be 1 to 99; leave it out to serve everybody.")
    }
  }

  func run() throws {
    try admin.show(lines: lines) { client in
      guard let file else { return try client.data(.deployment("POST", path)) }
      return try client.data(.upload(LocalFile.read(file), to: path))
    }
  }

  private var path: String {
    let query = [
      release.map { "release=\(percentEncoded($0))" }, dryRun ? "dryRun=true" : nil, percent.map { "percent=\($0)" },
    ].compactMap(\.self)
    return "/deploy" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }

  private func lines(_ data: JSON) -> [String] {
    [outcome(data)] + differences(data["diff"] ?? .null) + steps(data) + [advice(data)]
  }

  private func outcome(_ data: JSON) -> String {
    let name = "\(data.text("bundle")) \(data.text("release"))"
    if dryRun { return "\(name) passes every check; nothing was changed" }
    let rest = data["previous"]?.string.map { "the rest goes to \($0)" } ?? "the bundle had no release before"
    if let percent { return "\(name) answers \(percent) of 100 requests as deployment \(number(data)); \(rest)" }
    let previous = data["previous"]?.string.map { "in place of \($0)" } ?? "the first of its bundle"
    return "\(name) is live as deployment \(number(data)), \(previous)"
  }

  private func advice(_ data: JSON) -> String {
    let bundle = data.text("bundle")
    if dryRun { return "put it live with the same command without --dry-run" }
    if percent != nil { return "decide with 'lakoo promote \(bundle)' or 'lakoo abort \(bundle)'" }
    return "go back with 'lakoo rollback \(bundle)'"
  }
}

/// `lakoo diff`: what a bundle file would change.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what a bundle file would change on a host that runs, and changes nothing.")

  @Argument(help: "The bundle file, as 'lakoo build' writes it.") var file: String
  @OptionGroup var admin: AdminOptions

  func run() throws {
    try admin.show { data in
      let from = data["from"]?.string ?? "nothing"
      return ["\(data.text("bundle")) from \(from) to \(data.text("to"))"] + differences(data)
    } asking: {
      try $0.data(.upload(LocalFile.read(file), to: "/diff"))
    }
  }
}
