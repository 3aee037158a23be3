import FunctionKit

/// What came of a push to one device.
enum PushVerdict: Sendable, Equatable {
  case of(CarrierVerdict)
  /// Its token leads nowhere any longer.
  case dead(reason: String)

  /// - Parameters:
  ///   - code: of FCM's own error; nil when the answer has none.
  ///   - fields: what it finds wrong in the request.
  init(status: Int, code: String?, fields: [String], messageID: String?) {
    switch (code, status) {
    case (_, 200...299): self = .of(.accepted(messageID: messageID))
    case ("UNREGISTERED", _): self = .dead(reason: "unregistered")
    case ("SENDER_ID_MISMATCH", _): self = .dead(reason: "sender_id_mismatch")
    case ("INVALID_ARGUMENT", _) where fields.allSatisfy({ $0 == "message.token" }):
      self = .dead(reason: "invalid_argument")
    case ("QUOTA_EXCEEDED", _), (_, 429): self = .of(.busy(.rateLimited))
    case ("UNAVAILABLE", _), ("INTERNAL", _), (_, 500...): self = .of(.busy(.unavailable))
    default: self = .of(.refused(code: "fcm_\(code?.lowercased() ?? "\(status)")"))
    }
  }
}

extension CarrierVerdict {
  /// Of all devices of a user one is enough. What may have arrived somewhere counts more than what surely has not.
  init(of devices: [PushVerdict]) {
    let verdicts = devices.compactMap { verdict -> CarrierVerdict? in
      if case .of(let verdict) = verdict { verdict } else { nil }
    }
    self =
      verdicts.min { $0.rank < $1.rank } ?? .refused(code: "no_device")
  }

  private var rank: Int {
    switch self {
    case .accepted: 0
    case .unknown: 1
    case .busy: 2
    case .refused: 3
    }
  }
}
