import ArgumentParser
import FunctionKit
import Manifest

/// `lakoo deployment`: which release of each bundle is live.
struct Deployment: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows which releases are live, writes that to a file, and makes a host follow such a file.",
    subcommands: [Show.self, Export.self, Apply.self])

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The live releases, the workers, and what is quarantined.")

    @OptionGroup var admin: AdminOptions

    func run() throws { try admin.show("GET", "/deployment") { deploymentLines($0) } }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes the live releases as a file to keep with the source.")

    @Option(name: .shortAndLong, help: "The file to write; default: standard output.") var output: String?
    @OptionGroup var host: HostOptions

    func run() throws {
      let text = try refusing { try AdminClient(host).data("GET", "/deployment/file").indented() + "\n" }
      guard let output else { return print(text, terminator: "") }
      try refusing { try LocalFile.write(Array(text.utf8), to: output) }
      print("the live releases are in \(output); 'lakoo deployment apply \(output)' makes a host follow it")
    }
  }

  struct Apply: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Puts the releases of a file live, all at one moment, or none.")

    @Argument(help: "The file, as 'lakoo deployment export' writes it.") var file: String
    @Option(help: "Where to find the bundle files that the host lacks.") var bundles: String?
    @OptionGroup var admin: AdminOptions

    func run() throws {
      let wanted = try refusing { try WantedDeployment(path: file) }
      try admin.show { data in
        ["deployment \(number(data)) is live as \(file) has it"]
          + table(["BUNDLE", "RELEASE"], wanted.releases.map { [$0.bundle, $0.release] })
      } asking: { client in
        if let bundles { try BundleUpload(client: client, directory: bundles).bring(wanted.releases) }
        return try client.data(.deployment("POST", "/deployment/file", json: wanted.json))
      }
    }
  }
}

/// The answer of `GET /deployment`, for a person.
private func deploymentLines(_ data: JSON) -> [String] {
  let bundles = (data["bundles"]?.array ?? []).map { bundle in
    let candidate = bundle["candidate"]?.string.map { "\($0), \(number(bundle, "percent")) of 100" } ?? "-"
    return ["bundle", "release", "previous", "since"].map { bundle.text($0) } + [candidate]
  }
  let workers = (data["workers"]?.array ?? []).map { worker in
    [
      number(worker, "id"), number(worker, "pid"),
      worker["bundle"]?.string.map { "\($0) (\(worker.text("role")))" } ?? "-",
    ]
      + [worker.text("state"), number(worker, "generation"), worker.text("since"), size(worker, "memory")]
  }
  return ["deployment \(number(data)), live since \(data.text("since"))"]
    + table(["BUNDLE", "RELEASE", "PREVIOUS", "SINCE", "CANDIDATE"], bundles)
    + table(["WORKER", "PID", "FOR", "STATE", "GENERATION", "SINCE", "MEMORY"], workers)
    + (data["quarantined"]?.array ?? []).map(quarantineLine)
}

func quarantineLine(_ item: JSON) -> String {
  let name = "\(item.text("bundle"))/\(item.text("function"))"
  return "\(name) is quarantined since \(item.text("since")), after \(number(item, "crashes")) crashes; "
    + "put it back with 'lakoo quarantine lift \(name)'"
}
