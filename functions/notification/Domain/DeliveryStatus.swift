import FunctionKit

/// How far an attempt has come, as far as its carrier tells.
enum DeliveryStatus: String, Codable, CaseIterable, Sendable, SQLValue {
  case pending, sent, delivered, opened, clicked, bounced, failed

  /// Whether the next may follow: only forward, whatever order reports come in. What came back came back, though it was
  /// said to be delivered; what was given up on ended.
  func mayBecome(_ next: DeliveryStatus) -> Bool {
    switch (self, next) {
    case (.bounced, _), (.failed, _): false
    case (_, .bounced): self != .opened && self != .clicked
    case (_, .failed): self == .pending || self == .sent
    default: rank < next.rank
    }
  }

  private var rank: Int {
    switch self {
    case .pending: 0
    case .sent: 1
    case .delivered: 2
    case .opened: 3
    case .clicked: 4
    case .bounced, .failed: 5
    }
  }

  /// Whether the message got there.
  var hasArrived: Bool { self == .delivered || self == .opened || self == .clicked }
}
