import ArgumentParser

/// The commands about events.
struct Events: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows where events go, and deals with those that functions have given up.",
    subcommands: [ShowEventGraph.self, ShowDeadLetters.self, Redrive.self, Purge.self, ReplayEvents.self])
}
