import FunctionKit

/// How far a broadcast is. Advertising is a draft until somebody else agrees to it; anything else is scheduled as it is made.
enum BroadcastStatus: String, State {
  case draft, scheduled, running, completed, cancelled, failed

  static let entity = "broadcast"

  var next: Set<Self> {
    switch self {
    case .draft: [.scheduled, .cancelled]
    case .scheduled: [.running, .cancelled, .failed]
    case .running: [.completed, .cancelled, .failed]
    // Everybody has had their turn, but messages may wait for the morning.
    case .completed, .failed: [.cancelled]
    case .cancelled: []
    }
  }

  var isOver: Bool { [.completed, .failed, .cancelled].contains(self) }
}
