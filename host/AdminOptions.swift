import ArgumentParser
import FunctionKit

/// How a command finds the host that runs. With an address it works outside of any project, too.
struct HostOptions: ParsableArguments {
  @OptionGroup var project: ProjectOptions

  @Option(
    name: [.customLong("to"), .customLong("url")],
    help: "The host's admin port, such as http://127.0.0.1:9090; default: as the project's settings have it.")
  var url: String?
}

/// How a command finds the host that runs, and how it prints what that answers.
struct AdminOptions: ParsableArguments {
  @OptionGroup var host: HostOptions

  @Option(name: .shortAndLong, help: "text or json.")
  var output = Output.text

  enum Output: String, ExpressibleByArgument, CaseIterable { case text, json }
}

extension AdminOptions {
  /// Asks the host and prints its answer, as it is or as the lines that the command makes of it.
  func show(_ method: String, _ path: String, body: JSON? = nil, lines: (JSON) -> [String]) throws {
    try show(lines: lines) { try $0.data(method, path, body: body) }
  }

  /// The same for what takes more than one plain request.
  func show(lines: (JSON) -> [String], asking: (AdminClient) throws -> JSON) throws {
    let data = try refusing { try asking(AdminClient(host)) }
    switch output {
    case .json: print(String(decoding: data.serialized(), as: UTF8.self))
    case .text: for line in lines(data) { print(line) }
    }
  }
}
