/// Which channels a message goes out on.
struct ChannelDecision {
  var wanted: [Channel]
  var category: Category
  var type: String
  var priority: Priority
  /// Whether the event is so old that a message is worth reading, but not worth a disturbance; what
  /// people did to each other is not worth reading either.
  var isLate = false

  /// The wanted channels that the user allows and can be reached on, in the route's order; for pressing messages
  /// without a device to push to, one more in its place.
  func channels(_ preference: Preference, _ reachability: Reachability) -> [Channel] {
    func isOpen(_ channel: Channel) -> Bool {
      isWorth(channel) && preference.allows(channel, category, type: type) && reachability.reaches(channel)
    }
    var open = wanted.filter(isOpen)
    if isLate { return category == .social ? [] : open.filter { $0 == .inApp } }
    let lacksPush = wanted.contains(.push) && preference.allows(.push, category, type: type) && !open.contains(.push)
    if lacksPush, let other = Self.instead(priority).first(where: isOpen), !open.contains(other) { open.append(other) }
    return open
  }

  /// A text message costs as much as many others together.
  private func isWorth(_ channel: Channel) -> Bool { channel != .sms || [.high, .urgent].contains(priority) }

  /// What a failed push is replaced by, best first.
  static func instead(_ priority: Priority) -> [Channel] {
    switch priority {
    case .low, .normal: []
    case .high: [.whatsapp, .email]
    case .urgent: [.whatsapp, .sms, .email]
    }
  }
}
