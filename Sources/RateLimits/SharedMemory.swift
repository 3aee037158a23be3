public import EventLoop
private import Glibc

/// The memory of a table could not be had.
public struct RateTableError: Error, CustomStringConvertible {
  public let description: String
}

/// What the table of one host is kept in: memory without a name, which lasts as long as a process has it open.
public struct RateTableFile: Sendable {
  public let descriptor: Descriptor

  /// Room for 262,144 keys in 4 MiB; the kernel gives what is used.
  public static let groups = 32_768
  static let headerSize = 64

  /// - Parameter groups: of eight keys each; a power of two.
  /// - Throws: `LoopError` when there is no memory.
  public init(groups: Int = groups) throws {
    descriptor = try Descriptor.memory("lakoo-rate-limits", bytes: RateTableFile.size(groups))
    let memory = try map()
    memory.start.storeBytes(of: RateTableHeader(groups: UInt64(groups)), as: RateTableHeader.self)
    _ = try memory.header()
  }

  /// Goes on with one that there is, such as that of the program before.
  /// - Returns: nil when it is another version's.
  public init?(adopting descriptor: Int32) {
    self.descriptor = Descriptor(owning: descriptor)
    guard let memory = try? map(), (try? memory.header()) != nil else { return nil }
  }

  /// The descriptor stays open until that is done, whoever else has it.
  func map() throws -> SharedMemory { try withExtendedLifetime(descriptor) { try SharedMemory(descriptor.number) } }

  fileprivate static func size(_ groups: Int) -> Int { headerSize + groups * 8 * 16 }
}

struct RateTableHeader {
  private static let version: UInt64 = 0x4C41_4B4F_4F52_4C31

  private var magic = version
  let groups: UInt64
  let secret: (UInt64, UInt64) = (.random(in: 1 ... .max), .random(in: 1 ... .max))

  init(groups: UInt64) { self.groups = groups }

  func fits(_ size: Int) -> Bool {
    magic == RateTableHeader.version && groups > 0 && groups < 1 << 32 && groups.nonzeroBitCount == 1
      && RateTableFile.size(Int(groups)) == size
  }
}

/// A file mapped into memory, for as long as this lives.
final class SharedMemory: @unchecked Sendable {
  let start: UnsafeMutableRawPointer
  private let size: Int

  init(_ descriptor: Int32) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size >= RateTableFile.headerSize else {
      throw RateTableError(description: "descriptor \(descriptor) is no table of rate limits")
    }
    size = status.st_size
    let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard let start, start != UnsafeMutableRawPointer(bitPattern: -1) else {
      throw RateTableError(description: "the memory of rate limits can't be mapped: \(errorText())")
    }
    self.start = start
  }

  func header() throws -> RateTableHeader {
    let header = start.load(as: RateTableHeader.self)
    guard header.fits(size) else {
      throw RateTableError(description: "the table of rate limits is of another version of the host")
    }
    return header
  }

  deinit { munmap(start, size) }
}

private func errorText() -> String { String(cString: strerror(errno)) }
