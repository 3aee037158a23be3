import ArgumentParser
import Manifest
import OpenAPI

/// Reads every manifest and library and says all that is wrong, without starting anything.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Checks manifests and libraries without starting anything.")

  @OptionGroup var project: ProjectOptions

  func run() throws {
    let plan = try refusing { try Plan.read(Settings.read(root: project.root)) }
    for note in plan.bundles.flatMap({ DescribedBundle($0.manifest, registered: $0.functions).unknown }) {
      print("note: not in openapi.json: \(note)")
    }
    print("\(plan.bundles.count) bundles are in order: \(plan.bundles.map(\.manifest.name).joined(separator: ", "))")
  }
}
