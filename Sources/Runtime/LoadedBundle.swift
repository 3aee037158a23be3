internal import EventLoop
public import FunctionKit
public import Manifest
public import Postgres

/// A bundle that is ready to run: its manifest, its functions and its database.
public final class LoadedBundle: Sendable {
  public let manifest: BundleManifest
  /// Nil for a bundle without a database.
  public let pool: PostgresPool?
  public let functions: [LoadedFunction]
  /// Which build of the bundle this is.
  public let release: String
  /// Called after a transaction with events has committed.
  public let onEmit: @Sendable () -> Void

  public var name: String { manifest.name }

  /// - Parameter registered: the library's functions, already checked against the manifest.
  public init(
    _ manifest: BundleManifest, registered: [Registered], pool: PostgresPool?, release: String = "unknown",
    onEmit: @escaping @Sendable () -> Void
  ) {
    self.manifest = manifest
    self.pool = pool
    self.release = release
    self.onEmit = onEmit
    functions = manifest.functions.compactMap { function in
      registered.first { $0.name == function.name }.map {
        LoadedFunction(bundle: manifest, manifest: function, shape: $0.shape?(), invoke: $0.invoke)
      }
    }
  }

  public func function(_ name: String) -> LoadedFunction? { functions.first { $0.name == name } }
}

/// One function with what the manifest says of it.
public final class LoadedFunction: Sendable {
  public let bundle: BundleManifest
  public let manifest: FunctionManifest
  /// What it takes and answers; nil for those that nobody calls.
  public let shape: FunctionShape?
  public let invoke: Registered.Invoke

  public var name: String { manifest.name }
  public var usesOwnTransactions: Bool { manifest.transaction == .none }
  let emits: Set<String>
  let concurrency: Concurrency?
  let crashName: CrashName

  init(bundle: BundleManifest, manifest: FunctionManifest, shape: FunctionShape?, invoke: Registered.Invoke) {
    self.bundle = bundle
    self.manifest = manifest
    self.shape = shape
    self.invoke = invoke
    emits = Set(manifest.emits)
    crashName = CrashName("\(bundle.name)/\(manifest.name)")
    concurrency = if case .endpoint(let endpoint) = manifest.trigger { endpoint.concurrency } else { nil }
  }
}

extension LoadedFunction {
  /// Stands for a composition, whose parts the gateway asks for: no library has such a function.
  public convenience init(composing composition: CompositionManifest, of bundle: BundleManifest) {
    self.init(
      bundle: bundle, manifest: composition.function(), shape: nil,
      invoke: .endpoint { _, _ in throw NotGranted("\(composition.name) is answered by the gateway alone") })
  }
}

extension LoadedBundle {
  /// - Throws: ``NotGranted`` for a bundle whose manifest names no database.
  public func requirePool() throws -> PostgresPool {
    guard let pool else { throw NotGranted("bundle \(name) has no database; name one in its manifest") }
    return pool
  }
}
