/// Where a user can be reached, apart from the app itself.
struct Reachability: Decodable, Sendable {
  var hasDevice = false
  var hasEmail = false
  var hasPhone = false

  func reaches(_ channel: Channel) -> Bool {
    switch channel {
    case .inApp: true
    case .push: hasDevice
    case .email: hasEmail
    case .whatsapp, .sms: hasPhone
    }
  }
}
