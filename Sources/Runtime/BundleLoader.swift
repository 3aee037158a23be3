public import FunctionKit
private import Glibc
public import Manifest

/// A bundle's library could not be opened, or does not hold what its manifest promises.
public struct BundleLoadError: Error, Sendable, CustomStringConvertible {
  public let description: String
}

/// Opens the libraries of bundles. A library is never closed again: Swift code can't be unloaded.
public struct BundleLoader: Sendable {
  /// Where `lib<Name>Functions.so` files are.
  public let directory: String

  public init(directory: String) { self.directory = directory }

  /// The functions of the manifest's library.
  ///
  /// A library has no C entry point, because one test executable holds many bundles; its public enum is found by its
  /// mangled name instead. One process loads one version of a bundle, so the name is unambiguous.
  public func load(_ manifest: BundleManifest) throws(BundleLoadError) -> [Registered] {
    let module = manifest.libraryName
    let path = "\(directory)/lib\(module).so"
    guard unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) != nil else {
      let reason = unsafe dlerror().map { unsafe String(cString: $0) } ?? "unknown reason"
      throw BundleLoadError(
        description: "\(manifest.file): can't open the library of bundle \(manifest.name): \(reason)")
    }
    let name = String(module.dropLast("Functions".count))
    let mangled = "\(module.utf8.count)\(module)\(name.utf8.count)\(name)O"
    guard let bundle = _typeByName(mangled) as? any FunctionBundle.Type else {
      throw BundleLoadError(
        description: "\(manifest.file): \(path) has no 'public enum \(name): FunctionBundle'; "
          + "declare it and list the bundle's functions there")
    }
    return bundle.functions
  }
}
