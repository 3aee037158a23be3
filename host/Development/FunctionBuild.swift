import EventLoop
import Manifest

/// How a library is built into the folder that this program is in, so that the two fit together.
struct FunctionBuild: Sendable {
  /// The `swift` to run, by its path or its name.
  var swift = "swift"
  let root: String
  private let scratch: String
  private let configuration: String

  /// Nil when this program was not built in the project, so that what is built there could differ from it.
  init?(_ settings: Settings) {
    let parts = settings.libraryDirectory.split(separator: "/")
    guard settings.libraryDirectory.hasPrefix(settings.root + "/"), parts.count > 3, let last = parts.last,
      last == "debug" || last == "release"
    else { return nil }
    root = settings.root
    scratch = "/" + parts.dropLast(2).joined(separator: "/")
    configuration = String(last)
  }

  /// Takes the very options of the build before: others would have everything compiled anew.
  func options(_ bundle: String) -> ChildProcess.Options {
    var options = ChildProcess.Options(
      executable: swift,
      arguments: [
        "build", "--configuration", configuration, "--scratch-path", scratch, "--product",
        BundleManifest.libraryName(bundle),
      ])
    options.directory = root
    return options
  }
}
