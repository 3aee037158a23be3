/// Which requests have a line in the access log.
public enum AccessLogPolicy: Sendable, Hashable {
  case off
  /// Those that were answered 400 or above, or not at all.
  case errors
  /// Those, and so many percent of the others.
  case sampled(percent: Int)
  case all

  init(parsing text: String) throws(Mistake) {
    switch text {
    case "off": self = .off
    case "errors": self = .errors
    case "all": self = .all
    default:
      guard text.hasSuffix("%"), let percent = digits(text.dropLast()), (1...99).contains(percent) else {
        throw Mistake("is not known; write off, errors, all, or a share of 1% to 99% besides the errors")
      }
      self = .sampled(percent: percent)
    }
  }
}
