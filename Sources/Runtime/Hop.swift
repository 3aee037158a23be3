internal import EventLoop
internal import FunctionKit

/// Where an invocation stands in a chain of calls between services.
public struct Hop: Sendable {
  /// How many calls led here; 0 for what came from outside.
  public var depth: Int
  /// What is left of the caller's own time.
  public var remaining: Duration?

  /// Longer chains are taken for circles.
  static let maximumDepth = 8

  public init(depth: Int = 0, remaining: Duration? = nil) {
    self.depth = depth
    self.remaining = remaining
  }

  /// What a function may take here: its own limit, or less when its caller has less.
  func limit(_ own: Duration) -> Duration { remaining.map { min($0, own) } ?? own }
}

/// The headers that services tell each other these things by; they count only beside the internal key.
public enum HopHeader {
  public static let depth = "x-lakoo-depth"
  /// Whole milliseconds that the caller has left.
  public static let deadline = "x-lakoo-deadline-ms"
}
