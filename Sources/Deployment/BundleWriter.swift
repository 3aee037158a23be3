internal import Crypto
private import Glibc

/// What a bundle file is made of, before it is written.
struct BundleContent {
  let bundle: String
  let fingerprint: Fingerprint
  /// Where each entry's content is, in order of path.
  let files: [(path: String, source: String)]
  let statements: [ScannedStatement]

  init(
    bundle: String, fingerprint: Fingerprint, files: [(path: String, source: String)], statements: [ScannedStatement]
  ) {
    self.bundle = bundle
    self.fingerprint = fingerprint
    self.files = files.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
    self.statements = statements
  }

  /// Writes `<bundle>-<release>.bundle` into a directory, byte for byte the same for the same content.
  func write(into directory: String) throws(BundleFileError) -> BundleFile {
    let inputs = try open()
    let index = try index(of: inputs)
    let text = try json(index)
    let size = TarHeader.room(text.count) + inputs.reduce(BundleReader.ending) { $0 + TarHeader.room($1.size) }
    do {
      let (path, sha256) = try archive(text, inputs, in: directory)
      return BundleFile(path: path, index: index, sha256: sha256, size: size, indexSize: text.count)
    } catch {
      throw BundleFileError(error, writing: "the bundle file of \(bundle)", bytes: size, in: directory)
    }
  }

  private func open() throws(BundleFileError) -> [InputFile] {
    var inputs: [InputFile] = []
    for file in files {
      do { inputs.append(try InputFile(file.source)) } catch {
        throw BundleFileError(.incomplete, "the bundle file of \(bundle) can't be made: \(error)")
      }
    }
    return inputs
  }

  private func index(of inputs: [InputFile]) throws(BundleFileError) -> BundleIndex {
    var entries: [BundleIndex.File] = []
    for (file, input) in zip(files, inputs) {
      var digest = StreamDigest()
      do {
        try input.eachPiece(of: 0..<input.size) { piece throws(DiskError) in digest.update(piece) }
      } catch {
        throw BundleFileError(.unreadable, "\(error)")
      }
      entries.append(BundleIndex.File(path: file.path, size: input.size, sha256: hexString(digest.finish())))
    }
    return BundleIndex(bundle: bundle, fingerprint: fingerprint, files: entries, statements: statements)
  }

  private func json(_ index: BundleIndex) throws(BundleFileError) -> [UInt8] {
    do { return try prettyJSON(index) } catch {
      throw BundleFileError(.incomplete, "the index of \(bundle) can't be written: \(error)")
    }
  }

  /// - Returns: where it is, and the SHA-256 of the whole.
  private func archive(
    _ index: [UInt8], _ inputs: [InputFile], in directory: String
  ) throws(DiskError) -> (path: String, sha256: String) {
    let lock = try DirectoryLock(directory)
    defer { lock.release() }
    let temporary = "\(directory)/.\(bundle).new"
    do {
      let sha256 = try archive(index, inputs, temporary)
      let path = "\(directory)/\(bundle)-\(sha256.prefix(12)).bundle"
      try Disk.move(temporary, to: path)
      return (path, sha256)
    } catch {
      try? Disk.remove(temporary)
      throw error
    }
  }

  private func archive(_ index: [UInt8], _ inputs: [InputFile], _ path: String) throws(DiskError) -> String {
    var archive = TarWriter(try OutputFile(path))
    try archive.add(try header(BundleIndex.path, index.count), index)
    for (file, input) in zip(files, inputs) { try archive.add(try header(file.path, input.size), input) }
    return try archive.finish()
  }

  private func header(_ path: String, _ size: Int) throws(DiskError) -> TarHeader {
    guard let header = TarHeader(path: path, size: size) else {
      throw DiskError("put \(path) with \(grouped(size)) bytes into an archive", number: EFBIG)
    }
    return header
  }
}
