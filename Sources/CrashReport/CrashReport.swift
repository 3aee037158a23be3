/// What a process's signal handler wrote in its last moment, or when it was asked where it is.
public struct CrashReport: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case crash
    /// It was asked by SIGUSR2, since it no longer answered.
    case hang
  }

  public let kind: Kind
  /// Of its process, from 1.
  public let number: UInt64
  public let signal: Int32
  /// The process goes on without the invocation; otherwise it is ending.
  public let isContained: Bool
  /// What the signal was about: the instruction that trapped, or the memory that is not there.
  public let address: UInt64
  /// The invocation's; nil when it happened in none.
  public let bundle: String?
  public let function: String?
  /// As much of it as was kept, without what would end the line.
  public let requestID: String?
  /// From the innermost frame outwards.
  public let stack: [UInt64]
  /// The async functions that wait for what went on last in the task, from the inside outwards.
  public let callers: [UInt64]

  /// - Parameter line: as it was written, with or without its end; nil when it is no report.
  public init?(_ line: String) {
    let words = line.split { $0 == " " || $0 == "\n" }
    guard words.count >= 2, let kind = Kind(rawValue: String(words[0])), let number = UInt64(words[1]) else {
      return nil
    }
    let fields = Dictionary(words.dropFirst(2).map(CrashReport.field)) { first, _ in first }
    guard let signal = fields["signal"].flatMap({ Int32($0) }), let mark = fields["mark"], let stack = fields["stack"]
    else { return nil }
    self.kind = kind
    self.number = number
    self.signal = signal
    isContained = fields["fate"] == "contained"
    address = fields["address"].flatMap(CrashReport.hex) ?? 0
    self.stack = CrashReport.addresses(stack)
    callers = CrashReport.addresses(fields["callers"] ?? "")
    (bundle, function, requestID) = CrashReport.invocation(mark)
  }

  private static func field(_ word: Substring) -> (Substring, Substring) {
    let end = word.firstIndex(of: "=") ?? word.endIndex
    return (word[..<end], word[end...].dropFirst())
  }

  private static func addresses(_ list: Substring) -> [UInt64] { list.split(separator: ",").compactMap(hex) }

  private static func hex(_ text: Substring) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : nil
  }

  /// `payment/ChargeCard:<request id>`.
  private static func invocation(_ mark: Substring) -> (String?, String?, String?) {
    guard let slash = mark.firstIndex(of: "/"), let colon = mark[slash...].firstIndex(of: ":") else {
      return (nil, nil, nil)
    }
    let function = mark[slash..<colon].dropFirst(), request = mark[colon...].dropFirst()
    return (String(mark[..<slash]), String(function), String(request))
  }
}
