import FunctionKit

/// Whoever carries messages of a channel to their users.
struct Carrier: Sendable {
  let name: String
  let hand: @Sendable (_ letter: Letter, _ address: String) async throws -> CarrierVerdict

  /// The one of a channel with one address a user; nil where there is none.
  static func of(_ channel: Channel, _ context: Context) -> Carrier? {
    switch channel {
    case .email: sendGrid(context)
    case .sms: twilio(context)
    case .whatsapp: whatsApp(context)
    case .push, .inApp: nil
    }
  }

  static func name(of channel: Channel) -> String? {
    switch channel {
    case .email: "sendgrid"
    case .sms: "twilio"
    case .whatsapp: "whatsapp"
    case .push: "fcm"
    case .inApp: nil
    }
  }
}

extension Context {
  /// Hands a request to a carrier, and takes no answer as one: it may have arrived, or it surely has not.
  func carry(
    _ request: UpstreamRequest, _ verdict: (UpstreamResponse) throws -> CarrierVerdict
  ) async throws -> CarrierVerdict {
    do {
      return try await verdict(http.send(request))
    } catch let error as UpstreamError {
      log.warning("\(request.upstream) gave no answer: \(error.message)")
      return error.mayHaveArrived ? .unknown : .busy(.unreachable)
    }
  }
}
