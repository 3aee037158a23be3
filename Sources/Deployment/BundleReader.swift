internal import Crypto
internal import FunctionKit

/// Reads a bundle file once from its beginning to its end, digesting it as a whole and every entry.
struct BundleReader: ~Copyable {
  private let input: InputFile
  private let name: String
  private var whole = StreamDigest()
  private var offset = 0
  private var buffer = [UInt8](repeating: 0, count: 1_048_576)
  /// Bytes of the largest index that is read.
  private static let largestIndex = 64 * 1_048_576

  init(_ input: InputFile) {
    self.input = input
    name = fileName(input.path)
  }

  consuming func read() throws(BundleFileError) -> BundleFile {
    let indexSize = try readHeader()
    let index = try readIndex(indexSize)
    try checkSize(index, indexSize)
    for file in index.files { try read(file) }
    try readZeros(BundleReader.ending)
    return BundleFile(
      path: input.path, index: index, sha256: hexString(whole.finish()), size: offset, indexSize: indexSize)
  }

  /// Zeros at the end of an archive.
  static let ending = 2 * TarHeader.blockSize

  /// The header of the index, which tells a bundle file from any other.
  private mutating func readHeader() throws(BundleFileError) -> Int {
    let block = try take(min(TarHeader.blockSize, input.size))
    let begin = Array("\(BundleIndex.path)\0".utf8)
    guard !block.isEmpty, begin.starts(with: block.prefix(begin.count)) else { throw notABundle }
    guard block.count == TarHeader.blockSize else { throw truncated("at least \(grouped(TarHeader.blockSize))") }
    guard let size = TarHeader.size(in: block[...]), size <= BundleReader.largestIndex,
      TarHeader(path: BundleIndex.path, size: size)?.bytes == block
    else { throw notABundle }
    return size
  }

  private mutating func readIndex(_ size: Int) throws(BundleFileError) -> BundleIndex {
    guard input.size > TarHeader.room(size) else { throw truncated("more than \(grouped(TarHeader.room(size)))") }
    let bytes = try take(size)
    try readZeros(TarHeader.padding(size))
    let index: BundleIndex
    do {
      let json = try JSON.parse(bytes)
      try checkFormat(json["format"])
      index = try decodeJSON(BundleIndex.self, from: json)
    } catch let error as BundleFileError {
      throw error
    } catch {
      throw BundleFileError(
        .damaged, "the \(BundleIndex.path) of \(name) can't be read (\(error)); send the file again")
    }
    try index.check(name)
    return index
  }

  private func checkFormat(_ format: JSON?) throws(BundleFileError) {
    guard let format = format?.int else { throw notABundle }
    guard format == BundleIndex.format else {
      throw BundleFileError(
        .unknownFormat,
        "\(name) has format \(format), and this lakoo reads format \(BundleIndex.format); build it with the same version "
          + "of lakoo as the host has")
    }
  }

  /// What the index promises against what is there, before the rest is read.
  private func checkSize(_ index: BundleIndex, _ indexSize: Int) throws(BundleFileError) {
    let size = index.files.reduce(TarHeader.room(indexSize) + BundleReader.ending) { $0 + TarHeader.room($1.size) }
    guard input.size >= size else { throw truncated(grouped(size)) }
    guard input.size == size else {
      throw BundleFileError(
        .damaged, "\(name) has \(grouped(input.size)) bytes instead of \(grouped(size)); send it again")
    }
  }

  private mutating func read(_ file: BundleIndex.File) throws(BundleFileError) {
    let place = offset
    guard try take(TarHeader.blockSize) == TarHeader(path: file.path, size: file.size)?.bytes else {
      throw BundleFileError(
        .damaged, "\(name) doesn't have '\(file.path)' at byte \(grouped(place)), where its index has it; send it again"
      )
    }
    var digest = StreamDigest()
    var rest = file.size
    while rest > 0 {
      let count = try fill(min(rest, buffer.count))
      digest.update(buffer[..<count])
      rest -= count
    }
    let found = hexString(digest.finish())
    guard found == file.sha256 else {
      throw BundleFileError(
        .damaged,
        "\(file.path) in \(name) has the SHA-256 \(found.prefix(12))…, and its index says "
          + "\(file.sha256.prefix(12))…; send it again")
    }
    try readZeros(TarHeader.padding(file.size))
  }

  private mutating func readZeros(_ count: Int) throws(BundleFileError) {
    let place = offset
    guard try take(count).allSatisfy({ $0 == 0 }) else {
      throw BundleFileError(
        .damaged, "\(name) has data at byte \(grouped(place)), where nothing belongs; send it again")
    }
  }

  /// Reads exactly so many bytes.
  private mutating func take(_ count: Int) throws(BundleFileError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count { bytes += buffer[..<(try fill(min(count - bytes.count, buffer.count)))] }
    return bytes
  }

  /// Reads at most so many bytes into the buffer, and at least one.
  private mutating func fill(_ limit: Int) throws(BundleFileError) -> Int {
    let count: Int
    do { count = try input.read(into: &buffer, at: offset, limit: limit) } catch {
      throw BundleFileError(.unreadable, "\(error)")
    }
    guard count > 0 else { throw truncated(grouped(input.size)) }
    whole.update(buffer[..<count])
    offset += count
    return count
  }

  private func truncated(_ size: String) -> BundleFileError {
    BundleFileError(.truncated, "\(name) ends after \(grouped(input.size)) of \(size) bytes; send it again")
  }

  private var notABundle: BundleFileError {
    BundleFileError(.notABundle, "\(name) is not a bundle file; make one with 'lakoo build'")
  }
}
