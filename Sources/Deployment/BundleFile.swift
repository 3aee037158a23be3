/// A bundle file that was read to its end and found to be what its index says.
public struct BundleFile: Sendable, Hashable {
  public let path: String
  public let index: BundleIndex
  /// SHA-256 of the whole file in 64 hexadecimal digits.
  public let sha256: String
  /// Bytes.
  public let size: Int
  /// Bytes of the index.
  let indexSize: Int

  /// What this build of the bundle is called: the first 12 digits of the file's SHA-256.
  public var release: String { String(sha256.prefix(12)) }

  /// Reads and verifies a file, a mebibyte at a time.
  public static func read(_ path: String) throws(BundleFileError) -> BundleFile {
    let input: InputFile
    do { input = try InputFile(path) } catch {
      throw BundleFileError(.unreadable, "\(error); name a file that 'lakoo build' has made")
    }
    return try BundleReader(input).read()
  }

  /// The content of one entry; nil if the file has none of that path.
  public func contents(of entry: String) throws(BundleFileError) -> [UInt8]? {
    guard let range = ranges.first(where: { $0.path == entry })?.range else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    do {
      try InputFile(path).eachPiece(of: range) { piece throws(DiskError) in bytes += piece }
    } catch {
      throw BundleFileError(.unreadable, "\(error)")
    }
    return bytes
  }

  /// Writes every entry, and the index, below a directory.
  func unpack(into directory: String, create: OutputFile.Create = OutputFile.create) throws(DiskError) {
    let input = try InputFile(path)
    let first = (path: BundleIndex.path, range: TarHeader.blockSize..<TarHeader.blockSize + indexSize)
    var folders: Set<String> = [directory]
    for entry in [first] + ranges {
      let target = "\(directory)/\(entry.path)"
      if folders.insert(Disk.parent(target)).inserted { try Disk.makeDirectory(Disk.parent(target)) }
      let output = try OutputFile(target, create: create)
      try input.eachPiece(of: entry.range) { piece throws(DiskError) in try output.write(piece) }
      try output.finish()
    }
    for folder in folders { try Disk.sync(directory: folder) }
  }

  /// Where the content of each entry is.
  private var ranges: [(path: String, range: Range<Int>)] {
    var offset = TarHeader.room(indexSize)
    return index.files.map { file in
      defer { offset += TarHeader.room(file.size) }
      let begin = offset + TarHeader.blockSize
      return (file.path, begin..<begin + file.size)
    }
  }
}
