/// The functions of an ELF file by their place, internal ones included. The file is read as data that nobody vouches for:
/// whatever it says, nothing outside of its bytes is touched, and what makes no sense gives no symbols.
struct SymbolTable: Sendable {
  struct Symbol: Sendable, Equatable {
    /// Mangled.
    let name: String
    let start: UInt64
  }

  private let bytes: [UInt8]
  private var symbols = 0..<0
  private var names = 0..<0
  private static let symbolTable: UInt32 = 2
  private static let symbolSize = 24

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]), let table: UInt64 = number(0x28),
      let count: UInt16 = number(0x3C), let start = Int(exactly: table)
    else { return }
    for index in 0..<Int(count) {
      guard let header = header(start, index), let type: UInt32 = number(header + 4), type == Self.symbolTable,
        let link: UInt32 = number(header + 40), let texts = self.header(start, Int(link))
      else { continue }
      (symbols, names) = (contents(header), contents(texts))
      return
    }
  }

  /// The function that an address is in, counted from the file's beginning in memory.
  func symbol(at address: UInt64) -> Symbol? {
    // A program has a hundred thousand: the bytes are lent once for all of them.
    let best = bytes.withUnsafeBytes { bytes in
      var best: (name: UInt32, start: UInt64)?
      for place in stride(from: symbols.lowerBound, to: symbols.upperBound - Self.symbolSize + 1, by: Self.symbolSize) {
        let symbol = bytes.loadUnaligned(fromByteOffset: place, as: Entry.self)
        guard symbol.isFunction, symbol.start <= address, symbol.start >= best?.start ?? 0 else { continue }
        best = (symbol.name, symbol.start)
      }
      return best
    }
    return best.map { Symbol(name: text($0.name), start: $0.start) }
  }

  /// As it stands in the file.
  private struct Entry: BitwiseCopyable {
    var name: UInt32
    var info: UInt8
    var other: UInt8
    var section: UInt16
    var start: UInt64
    var size: UInt64

    /// One that is in this file.
    var isFunction: Bool { info & 15 == 2 && section != 0 }
  }

  private func header(_ table: Int, _ index: Int) -> Int? {
    let (place, isTooFar) = table.addingReportingOverflow(index * 64)
    return isTooFar ? nil : place
  }

  private func contents(_ header: Int) -> Range<Int> {
    guard let offset: UInt64 = number(header + 24), let size: UInt64 = number(header + 32),
      let start = Int(exactly: offset), let count = Int(exactly: size), start <= bytes.count,
      count <= bytes.count - start
    else { return 0..<0 }
    return start..<start + count
  }

  private func text(_ offset: UInt32) -> String {
    String(decoding: bytes[names].dropFirst(Int(offset)).prefix { $0 != 0 }, as: UTF8.self)
  }

  /// Little-endian; nil for what is not all within the file.
  private func number<Number: FixedWidthInteger>(_ offset: Int) -> Number? {
    let size = MemoryLayout<Number>.size
    guard offset >= 0, offset <= bytes.count - size else { return nil }
    return bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
  }
}
