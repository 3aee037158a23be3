/// Why a text is refused, worded to follow the text: "is not a duration; write it like 5s".
public struct Mistake: Error, Hashable, CustomStringConvertible {
  public let reason: String

  init(_ reason: String) { self.reason = reason }

  public var description: String { reason }
}
