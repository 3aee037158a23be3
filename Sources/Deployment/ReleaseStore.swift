public import FunctionKit

/// The releases that a host keeps, each in a directory of its own: the bundle file and what was in it.
///
/// A release is there as a whole or not at all, also after a power cut. Processes that add and remove take turns.
public struct ReleaseStore: Sendable {
  public let directory: String
  private let create: OutputFile.Create

  public init(directory: String) { self.init(directory: directory, create: OutputFile.create) }

  init(directory: String, create: @escaping OutputFile.Create) {
    self.directory = directory
    self.create = create
  }

  /// What is being added, and what is being removed; what a crash leaves there goes with the next one.
  private var unfinished: String { "\(directory)/.unfinished" }

  /// Verifies a bundle file and keeps a copy of it; one that is there already is left as it is.
  /// - Returns: the release, and whether it is new.
  @discardableResult
  public func add(file path: String, at now: Instant) throws(BundleFileError) -> (release: StoredRelease, isNew: Bool) {
    let file = try BundleFile.read(path)
    let release = StoredRelease(
      release: file.release, bundle: file.index.bundle, sha256: file.sha256, bytes: file.size, addedAt: now)
    do {
      let lock = try DirectoryLock(directory)
      defer { lock.release() }
      if let stored = self.release(file.release) { return (try stored.checked(against: release), false) }
      try keep(file, prettyJSON(release), as: file.release)
      return (release, true)
    } catch {
      throw BundleFileError(keeping: file, in: directory, error)
    }
  }

  private func keep(_ file: BundleFile, _ about: [UInt8], as release: String) throws {
    do {
      try Disk.remove(unfinished)
      try fill(unfinished, file, about)
      try Disk.remove(directory(of: release))
      try Disk.move(unfinished, to: directory(of: release))
    } catch {
      try? Disk.remove(unfinished)
      throw error
    }
  }

  /// The copy is read again before it is unpacked: a release whose content is not what its name says must not come to be.
  private func fill(_ place: String, _ file: BundleFile, _ about: [UInt8]) throws {
    try Disk.makeDirectory(place)
    try Disk.copy(file.path, to: "\(place)/\(ReleaseStore.file)", create: create)
    let copy = try BundleFile.read("\(place)/\(ReleaseStore.file)")
    guard copy.sha256 == file.sha256 else {
      throw BundleFileError(.damaged, "\(file.path) was changed while it was read; send it again")
    }
    try copy.unpack(into: place, create: create)
    let note = try OutputFile("\(place)/\(ReleaseStore.note)", create: create)
    try note.write(about[...])
    try note.finish()
    try Disk.sync(directory: place)
  }

  private static let file = "release.bundle"
  private static let note = "release.json"

  /// Nil for one that is not here.
  public func release(_ release: String) -> StoredRelease? {
    guard isRelease(release), let text = try? Disk.contents("\(directory(of: release))/\(ReleaseStore.note)") else {
      return nil
    }
    return try? decodeJSON(StoredRelease.self, from: text)
  }

  /// Every release, the latest first.
  public func list() -> [StoredRelease] {
    Disk.names(in: directory).compactMap(release).sorted { ($1.addedAt, $0.release) < ($0.addedAt, $1.release) }
  }

  /// What the bundle file says of itself.
  public func index(of release: String) throws(BundleFileError) -> BundleIndex {
    do {
      return try decodeJSON(from: Disk.contents("\(directory(of: release))/\(BundleIndex.path)"))
    } catch {
      throw BundleFileError(
        .unreadable, "release \(release) can't be read from \(directory): \(error); send its bundle file again")
    }
  }

  /// Forgets a release; one that is not here is fine.
  public func remove(_ release: String) throws(BundleFileError) {
    guard isRelease(release), Disk.exists(directory(of: release)) else { return }
    do {
      let lock = try DirectoryLock(directory)
      defer { lock.release() }
      try Disk.remove(unfinished)
      try Disk.move(directory(of: release), to: unfinished)
      try Disk.remove(unfinished)
    } catch {
      throw BundleFileError(.notWritten, "release \(release) can't be removed: \(error)")
    }
  }

  /// Where what the bundle file holds is, under the same paths.
  public func directory(of release: String) -> String { "\(directory)/\(release)" }

  /// The bundle file as it was added.
  public func file(of release: String) -> String { "\(directory(of: release))/\(ReleaseStore.file)" }
}

extension BundleFileError {
  fileprivate init(keeping file: BundleFile, in directory: String, _ error: any Error) {
    let what = "release \(file.release) of \(file.index.bundle)"
    switch error {
    case let error as BundleFileError: self = error
    case let error as DiskError: self.init(error, writing: what, bytes: 2 * file.size, in: directory)
    default: self.init(.notWritten, "\(what) can't be written to \(directory): \(error)")
    }
  }
}

extension StoredRelease {
  /// Two contents with the same twelve digits are no accident.
  fileprivate func checked(against other: StoredRelease) throws(BundleFileError) -> StoredRelease {
    guard sha256 == other.sha256 else {
      throw BundleFileError(
        .notWritten, "release \(release) is kept here with another content; change \(other.bundle) and build it again")
    }
    return self
  }
}

/// Twelve hexadecimal digits: what is asked for comes from outside and becomes a path.
func isRelease(_ text: String) -> Bool {
  text.utf8.count == 12
    && text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
}
