/// A shared library or a program, as far as its sections go. It is read as data that nobody vouches for: whatever it says,
/// nothing outside of its bytes is touched.
public struct ELF: Sendable {
  /// A part of the file with a name, such as `.comment` or `.symtab`.
  public struct Section: Sendable, Hashable {
    public let name: String
    public let type: UInt32
    public let flags: UInt64
    /// Where it is in memory, from where the file is loaded.
    public let address: UInt64
    /// Its place in the file; empty for one that is only in memory.
    public let range: Range<Int>
    /// The position of a section that it goes with, such as the names of a table of symbols.
    public let link: Int
    /// Bytes of one of its entries, 0 where it has none.
    public let entrySize: Int
  }

  /// The whole file.
  public let bytes: [UInt8]
  /// In the order of the file.
  public let sections: [Section]

  /// - Throws: ``ELFError`` for what is no 64-bit little-endian ELF file.
  public init(_ bytes: [UInt8]) throws(ELFError) {
    self.bytes = bytes
    guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) else {
      throw ELFError("it is no 64-bit little-endian ELF file")
    }
    sections = try ELF.readSections(bytes)
  }

  public func section(_ name: String) -> Section? { sections.first { $0.name == name } }

  public func contents(_ section: Section) -> ArraySlice<UInt8> { bytes[section.range] }

  /// A little-endian number at an offset of the file; nil if that is not all within it.
  public func number<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type = Number.self) -> Number? {
    ELF.number(bytes, offset)
  }

  /// The text up to the next zero, at an offset within a section of names; nil if that is not within it.
  public func text(at offset: Int, in section: Section) -> String? { ELF.text(bytes, section.range, offset) }
}

/// Why a file is not read as ELF.
public struct ELFError: Error, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

extension ELF {
  private static func readSections(_ bytes: [UInt8]) throws(ELFError) -> [Section] {
    guard let table: UInt64 = number(bytes, 0x28), let entrySize: UInt16 = number(bytes, 0x3A),
      let count: UInt16 = number(bytes, 0x3C), let names: UInt16 = number(bytes, 0x3E)
    else { throw ELFError("its header is cut off") }
    guard entrySize >= 64, let start = Int(exactly: table), start <= bytes.count,
      Int(count) * Int(entrySize) <= bytes.count - start
    else { throw ELFError("its table of sections is not within it") }
    let offsets = (0..<Int(count)).map { start + $0 * Int(entrySize) }
    guard Int(names) < offsets.count, let texts = range(bytes, offsets[Int(names)]) else {
      throw ELFError("its sections have no names")
    }
    var sections: [Section] = []
    for offset in offsets {
      guard let section = section(bytes, offset, texts) else { throw ELFError("a section is not within it") }
      sections.append(section)
    }
    return sections
  }

  private static func section(_ bytes: [UInt8], _ offset: Int, _ names: Range<Int>) -> Section? {
    guard let name: UInt32 = number(bytes, offset), let type: UInt32 = number(bytes, offset + 4),
      let flags: UInt64 = number(bytes, offset + 8), let address: UInt64 = number(bytes, offset + 16),
      let link: UInt32 = number(bytes, offset + 40), let entrySize: UInt64 = number(bytes, offset + 56),
      let range = range(bytes, offset), let text = text(bytes, names, Int(name)), let size = Int(exactly: entrySize)
    else { return nil }
    return Section(
      name: text, type: type, flags: flags, address: address, range: range, link: Int(link), entrySize: size)
  }

  /// Where the section with this header is; types 0 and 8 (`SHT_NOBITS`) take no room.
  private static func range(_ bytes: [UInt8], _ header: Int) -> Range<Int>? {
    guard let type: UInt32 = number(bytes, header + 4), let offset: UInt64 = number(bytes, header + 24),
      let size: UInt64 = number(bytes, header + 32)
    else { return nil }
    if type == 0 || type == 8 { return 0..<0 }
    guard let start = Int(exactly: offset), let count = Int(exactly: size), start <= bytes.count,
      count <= bytes.count - start
    else { return nil }
    return start..<start + count
  }

  private static func number<Number: FixedWidthInteger>(_ bytes: [UInt8], _ offset: Int) -> Number? {
    let size = Number.bitWidth / 8
    guard offset >= 0, offset <= bytes.count - size else { return nil }
    return (0..<size).reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: bytes[offset + $1]) }
  }

  private static func text(_ bytes: [UInt8], _ range: Range<Int>, _ offset: Int) -> String? {
    guard offset >= 0, offset < range.count else { return nil }
    return String(decoding: bytes[range].dropFirst(offset).prefix { $0 != 0 }, as: UTF8.self)
  }
}
