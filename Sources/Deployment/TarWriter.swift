internal import Crypto
private import Glibc

/// Writes a ustar archive and digests it on the way.
struct TarWriter: ~Copyable {
  private let output: OutputFile
  private var digest = StreamDigest()

  init(_ output: OutputFile) { self.output = output }

  mutating func add(_ header: TarHeader, _ content: [UInt8]) throws(DiskError) {
    try write(header.bytes[...])
    try write(content[...])
    try pad(content.count)
  }

  mutating func add(_ header: TarHeader, _ input: InputFile) throws(DiskError) {
    try write(header.bytes[...])
    var (buffer, offset) = ([UInt8](repeating: 0, count: 1_048_576), 0)
    while offset < input.size {
      let count = try input.read(into: &buffer, at: offset, limit: input.size - offset)
      guard count > 0 else { throw DiskError("read \(input.path), which became shorter meanwhile", number: EIO) }
      try write(buffer[..<count])
      offset += count
    }
    try pad(input.size)
  }

  /// - Returns: the SHA-256 of the whole.
  consuming func finish() throws(DiskError) -> String {
    try write([UInt8](repeating: 0, count: BundleReader.ending)[...])
    try output.finish()
    return hexString(digest.finish())
  }

  private mutating func pad(_ size: Int) throws(DiskError) {
    try write([UInt8](repeating: 0, count: TarHeader.padding(size))[...])
  }

  private mutating func write(_ bytes: ArraySlice<UInt8>) throws(DiskError) {
    digest.update(bytes)
    try output.write(bytes)
  }
}
