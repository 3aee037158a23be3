/// Where a user can be reached, apart from the app itself.
struct Reachability: Decodable, Sendable {
  var hasDevice = false
  var hasEmail = false
  var hasPhone = false
  /// Where carriers have told us to leave the user's address alone.
  var suppressed: [Channel] = []
  /// Whether the account is deleted: nothing is written to nobody.
  var isErased = false

  func reaches(_ channel: Channel) -> Bool {
    if isErased || suppressed.contains(channel) { return false }
    return switch channel {
    case .inApp: true
    case .push: hasDevice
    case .email: hasEmail
    case .whatsapp, .sms: hasPhone
    }
  }
}
