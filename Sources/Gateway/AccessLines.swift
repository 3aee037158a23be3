internal import EventLoop
internal import FunctionKit

/// Lines that wait to be written, as many as there is room for.
struct AccessLines {
  /// Bytes.
  static let room = 1 << 20

  private var bytes: [UInt8] = []
  private var start = 0
  /// Lines that there was no room for, and that the log has yet to tell of.
  private(set) var dropped = 0

  var isEmpty: Bool { start == bytes.count }

  mutating func add(_ line: [UInt8]) {
    guard line.count <= Outlet.atomicBytes, bytes.count - start + line.count <= AccessLines.room else {
      dropped += 1
      return
    }
    if dropped > 0 { tellDropped() }
    bytes += line
  }

  /// Whole lines, no more of them than are written all at once.
  mutating func next() -> ArraySlice<UInt8>? {
    if isEmpty, dropped > 0 { tellDropped() }
    guard !isEmpty else { return nil }
    let most = bytes[start...].prefix(Outlet.atomicBytes)
    guard let end = most.lastIndex(of: UInt8(ascii: "\n")) else { return most }
    return most[...end]
  }

  mutating func wrote(_ count: Int) {
    start += count
    if isEmpty {
      bytes.removeAll(keepingCapacity: bytes.capacity <= 64 * 1024)
      start = 0
    } else if start > AccessLines.room / 2 {
      bytes.removeFirst(start)
      start = 0
    }
  }

  /// Nobody reads any more.
  mutating func lose() { (bytes, start, dropped) = ([], 0, 0) }

  private mutating func tellDropped() {
    bytes += #"{"kind":"access","dropped":\#(dropped)}"#.utf8
    bytes.append(UInt8(ascii: "\n"))
    dropped = 0
  }
}
