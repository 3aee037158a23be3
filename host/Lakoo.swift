import ArgumentParser

/// The command line: `lakoo run`, `lakoo check`, `lakoo build`, and what talks to a host that runs.
struct Lakoo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs bundles of Swift functions: HTTP endpoints, event handlers, cron jobs and webhooks.",
    version: Version.current,
    subcommands: [
      Run.self, Check.self, Build.self, Cron.self, Events.self, Deploy.self, Diff.self, Releases.self, Rollback.self,
      Promote.self, Abort.self, Deployment.self, Quarantine.self, Upgrade.self, Token.self,
      RunWorker.self,
    ])
}

enum Version {
  static let current = "0.1.0"
}

/// Where the project is, for every command.
struct ProjectOptions: ParsableArguments {
  @Option(help: "The folder that holds manifests/ and functions/.")
  var root = "."
}
