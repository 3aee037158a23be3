import ArgumentParser
import FunctionKit

/// What `dead`, `redrive` and `purge` are about.
struct DeadOptions: ParsableArguments {
  @Argument(help: "bundle or bundle/Function, such as payment or notification/NotifyPaymentPaid.") var target:
    EventTarget
  @Option(help: "Only the event of this id.") var id: String?
  @Option(help: "Only events of this type.") var type: String?
  @Option(help: "Only events of this key.") var key: String?
  @Option(help: "Only what was given up at this time or later.") var since: String?
  @Option(help: "Only what was given up before this time.") var until: String?
  @OptionGroup var admin: AdminOptions

  private var filter: [(String, String)] {
    [
      ("function", target.function), ("id", id), ("type", type), ("key", key), ("since", since), ("until", until),
    ].compactMap { name, value in value.map { (name, $0) } }
  }

  var body: JSON { .object(JSONObject(filter.map { ($0.0, .string($0.1)) })) }

  func path(_ verb: String, limit: Int? = nil) -> String {
    let parts = filter + (limit.map { [("limit", "\($0)")] } ?? [])
    let query = parts.map { "\($0.0)=\(percentEncoded($0.1))" }.joined(separator: "&")
    return "/events/\(target.bundle)/\(verb)" + (query.isEmpty ? "" : "?\(query)")
  }
}

struct ShowDeadLetters: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dead", abstract: "What functions have given up, the latest first, with what was said at each attempt."
  )

  @OptionGroup var options: DeadOptions
  @Option(help: "How many.") var limit = 20

  func run() throws {
    try options.admin.show("GET", options.path("dead", limit: limit)) { data in
      let letters = data.array ?? []
      guard !letters.isEmpty else { return ["no dead letters"] }
      return letters.flatMap { letter in
        let blocks = letter["blocks"] == .bool(true) ? ", later events of the key wait" : ""
        return [
          "\(letter.text("id")) \(letter.text("function")) \(letter.text("type")) key \(letter.text("key")), "
            + "release \(letter.text("release"))\(blocks)"
        ] + (letter["errors"]?.array ?? []).map { "  \($0.string ?? "")" }
      }
    }
  }
}

struct Redrive: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Has dead letters tried anew, each by the one function that gave it up.")

  @OptionGroup var options: DeadOptions

  func run() throws {
    let path = "/events/\(options.target.bundle)/redrive"
    try options.admin.show("POST", path, body: options.body) { ["\($0["count"]?.int ?? 0) are tried anew"] }
  }
}

struct Purge: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Forgets dead letters for good, after asking.")

  @OptionGroup var options: DeadOptions
  @Flag(name: .shortAndLong, help: "Don't ask.") var yes = false

  func run() throws {
    if !yes { try confirm() }
    let path = "/events/\(options.target.bundle)/purge"
    try options.admin.show("POST", path, body: options.body) { ["\($0["count"]?.int ?? 0) are forgotten"] }
  }

  private func confirm() throws {
    let path = options.path("dead/count")
    let count = try refusing { try AdminClient(options.admin.host).data("GET", path)["count"]?.int ?? 0 }
    print("Forget \(count) dead letters of \(options.target.text) for good? [y/N] ", terminator: "")
    guard readLine()?.lowercased() == "y" else {
      try refusing { throw Refusal("nothing was purged; answer y, or say -y", exitCode: 1) }
      return
    }
  }
}

struct ReplayEvents: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Gives stored events to one function once more, or shows what it would do with them.")

  @Argument(help: "bundle/Function, such as notification/NotifyPaymentPaid.") var target: EventTarget
  @Option(help: "Events that came in at this time or later, such as 2026-11-01T00:00:00Z.") var since: String
  @Option(help: "Events that came in before this time.") var until: String?
  @Flag(help: "Roll everything back, and print the writes and the emits.") var dryRun = false
  @Option(help: "With --dry-run: how many events.") var limit = 20
  @OptionGroup var admin: AdminOptions

  func run() throws {
    guard let function = target.function else {
      return try refusing { throw Refusal("say which function: \(target.bundle)/Function", exitCode: 2) }
    }
    var body: JSONObject = ["since": .string(since)]
    if let until { body["until"] = .string(until) }
    if dryRun { body["limit"] = .number(JSONNumber(limit)) }
    let path = "/events/\(target.bundle)/\(function)/\(dryRun ? "rehearse" : "replay")"
    try admin.show("POST", path, body: .object(body)) { data in
      dryRun
        ? (data.array ?? []).flatMap(lines) : ["\(data["count"]?.int ?? 0) events come once more to \(target.text)"]
    }
  }

  private func lines(_ rehearsal: JSON) -> [String] {
    let head = "\(rehearsal.text("time")) \(rehearsal.text("type")) \(rehearsal.text("subject"))"
    let writes = (rehearsal["statements"]?.array ?? []).map { "  \($0["rows"]?.int ?? 0) rows: \($0.text("sql"))" }
    let emits = (rehearsal["emits"]?.array ?? []).map { "  emits \($0.text("type")) \($0.text("data"))" }
    let error = rehearsal["error"]?.string.map { ["  fails: \($0)"] } ?? []
    return [head] + writes + emits + error
  }
}

/// `payment` or `payment/NotifyPaymentPaid`.
struct EventTarget: ExpressibleByArgument {
  let bundle: String
  let function: String?
  var text: String { function.map { "\(bundle)/\($0)" } ?? bundle }

  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty
        && part.unicodeScalars.allSatisfy {
          $0.isASCII && ($0.properties.isAlphabetic || $0 == "-" || ("0"..."9").contains($0))
        }
    }
    guard isPlain, (1...2).contains(parts.count) else { return nil }
    bundle = parts[0]
    function = parts.count == 2 ? parts[1] : nil
  }
}
