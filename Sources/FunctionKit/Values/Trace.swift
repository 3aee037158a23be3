/// Where an invocation stands in a trace that may go through many services (W3C Trace Context).
///
/// As text it is a `traceparent`: `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`.
public struct Trace: Sendable, Hashable {
  private let high: UInt64
  private let low: UInt64
  private let span: UInt64
  private let flags: UInt8
  /// Whether somebody else began the trace.
  public let isContinued: Bool
  /// What the systems that it came through say to each other, the `tracestate` header as it is; empty for nothing.
  public let state: String

  /// Begins a trace.
  /// - Parameter isSampled: whether it is recorded. It usually is, since every invocation stands in the log.
  public init(random: (UInt64, UInt64, UInt64), isSampled: Bool = true) {
    self.init(
      high: max(1, random.0), low: random.1, span: max(1, random.2), flags: isSampled ? 1 : 0, isContinued: false,
      state: "")
  }

  private init(high: UInt64, low: UInt64, span: UInt64, flags: UInt8, isContinued: Bool, state: String) {
    self.high = high
    self.low = low
    self.span = span
    self.flags = flags
    self.isContinued = isContinued
    self.state = state
  }

  /// The part of the trace that this one sets off.
  public func child(random: UInt64) -> Trace {
    Trace(high: high, low: low, span: max(1, random), flags: flags, isContinued: true, state: state)
  }

  /// Whether whoever began the trace records it.
  public var isSampled: Bool { flags & 1 == 1 }

  /// 32 hexadecimal digits.
  public var traceID: String { Trace.text(high) + Trace.text(low) }
  /// 16 hexadecimal digits.
  public var spanID: String { Trace.text(span) }
}

extension Trace: LosslessStringConvertible {
  /// Reads a `traceparent`, also of a later version than this one; nil for one that is malformed, which begins anew.
  public init?(_ text: String) { self.init(text, state: "") }

  /// - Parameter state: a `tracestate`; one that is longer than 512 bytes, or not printable, is left out.
  public init?(_ text: String, state: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 55, bytes[2] == Trace.dash, bytes[35] == Trace.dash, bytes[52] == Trace.dash,
      let version = Trace.number(bytes[0..<2]), let high = Trace.number(bytes[3..<19]),
      let low = Trace.number(bytes[19..<35]), let span = Trace.number(bytes[36..<52]),
      let flags = Trace.number(bytes[53..<55]), version != 0xFF, high | low != 0, span != 0,
      bytes.count == 55 || (version > 0 && bytes[55] == Trace.dash)
    else { return nil }
    self.init(
      high: high, low: low, span: span, flags: UInt8(flags & 1), isContinued: true,
      state: Trace.isUsable(state) ? state : "")
  }

  private static func isUsable(_ state: String) -> Bool {
    state.utf8.count <= 512 && state.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }

  private static let dash = UInt8(ascii: "-")

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for byte in digits {
      guard let digit = hexValue(byte), !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte) else { return nil }
      number = number << 4 | UInt64(digit)
    }
    return number
  }

  public var description: String {
    unsafe String(unsafeUninitializedCapacity: 55) { buffer in
      unsafe buffer.initialize(repeating: Trace.dash)
      unsafe Trace.write(0, in: 0..<2, of: buffer)
      unsafe Trace.write(high, in: 3..<19, of: buffer)
      unsafe Trace.write(low, in: 19..<35, of: buffer)
      unsafe Trace.write(span, in: 36..<52, of: buffer)
      unsafe Trace.write(UInt64(flags), in: 53..<55, of: buffer)
      return 55
    }
  }

  private static func text(_ number: UInt64) -> String {
    unsafe String(unsafeUninitializedCapacity: 16) { buffer in
      unsafe write(number, in: 0..<16, of: buffer)
      return 16
    }
  }

  /// Fills the places with the number's last hexadecimal digits.
  private static func write(_ number: UInt64, in places: Range<Int>, of buffer: UnsafeMutableBufferPointer<UInt8>) {
    var rest = number
    for place in places.reversed() {
      unsafe buffer[place] = hexDigit(UInt8(truncatingIfNeeded: rest & 0xF))
      rest >>= 4
    }
  }
}
