import ArgumentParser

/// The commands about events.
struct Events: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what events there are and where they go.", subcommands: [ShowEventGraph.self])
}
