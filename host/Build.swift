import ArgumentParser
import Deployment
import Manifest

/// Compiles bundles and puts each into a file that a host can be sent.
struct Build: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compiles bundles and makes a file of each, to be deployed.")

  enum Configuration: String, ExpressibleByArgument, CaseIterable { case debug, release }

  @Argument(help: "The bundles, such as payment; default: every one that the project runs.")
  var bundles: [String] = []

  @Option(name: .shortAndLong, help: "debug or release.")
  var configuration = Configuration.release

  @Option(name: .shortAndLong, help: "Where the files go; default: .lakoo/bundles in the project.")
  var output: String?

  @Flag(help: "Takes the libraries as they are, without compiling.")
  var skipBuild = false

  @OptionGroup var project: ProjectOptions

  func run() throws {
    try refusing {
      let settings = try Settings.read(root: project.root)
      let tree = PackageTree(
        root: settings.root, libraryDirectory: "\(settings.root)/.build/\(configuration.rawValue)")
      let manifests = try names(settings).map(tree.manifest)
      if !skipBuild {
        for manifest in manifests { try compile(manifest, settings) }
      }
      for manifest in manifests { try package(manifest, tree, settings) }
    }
  }

  private func names(_ settings: Settings) throws -> [String] {
    guard bundles.isEmpty else { return bundles }
    let set = try Plan.manifests(settings)
    guard set.diagnostics.isEmpty else {
      throw Refusal(set.diagnostics.map(\.description).joined(separator: "\n"), exitCode: 2)
    }
    return set.bundles.map(\.name)
  }

  private func compile(_ manifest: BundleManifest, _ settings: Settings) throws {
    let product = manifest.libraryName
    let arguments = ["build", "--package-path", settings.root, "-c", configuration.rawValue, "--product", product]
    let status = try Command(["swift"] + arguments).run()
    guard status == 0 else {
      throw Refusal("bundle \(manifest.name) does not compile; mend what is said above", exitCode: 1)
    }
  }

  private func package(_ manifest: BundleManifest, _ tree: PackageTree, _ settings: Settings) throws {
    let file = try tree.write(manifest.name, into: output ?? "\(settings.root)/.lakoo/bundles")
    print("\(file.path)  release \(file.release)  \(file.size) bytes")
  }
}
