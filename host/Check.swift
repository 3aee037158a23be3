import ArgumentParser
import Manifest

/// Reads every manifest and library and says all that is wrong, without starting anything.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Checks manifests and libraries without starting anything.")

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let plan = try refusing { try Plan.read(Settings.read(root: project.root)) }
    print("\(plan.bundles.count) bundles are in order: \(plan.bundles.map(\.manifest.name).joined(separator: ", "))")
  }
}
