internal import FunctionKit
internal import Manifest

extension Operation {
  /// Who may call, for people.
  var callers: String {
    guard let endpoint else { return "Takes the deliveries of \(sender)." }
    let callers = allowed(endpoint).map { access in
      switch access {
      case .public: "anyone"
      case .user: "any signed-in user"
      case .owner: "the user that it belongs to"
      case .internal: "other services"
      case .role(let roles): "users with the role \(roles.union(["admin"]).sorted().joined(separator: ", "))"
      }
    }
    return "For \(callers.joined(separator: "; or "))."
  }

  private var sender: String { webhook?.verification.scheme.rawValue ?? "a third party" }

  /// The gateway lets nobody in as another service.
  func allowed(_ endpoint: EndpointManifest) -> [Access] {
    audience == .service ? endpoint.access : endpoint.access.filter { $0 != .internal }
  }

  /// Any one of these opens the route.
  var security: JSON {
    guard let endpoint else { return [.object(JSONObject([(deliveryScheme, .array([]))]))] }
    guard endpoint.access != [.public] else { return .array([]) }
    var ways: [JSON] = []
    for access in allowed(endpoint) {
      let way = requirement(access)
      if !ways.contains(way) { ways.append(way) }
    }
    return .array(ways)
  }

  private func requirement(_ access: Access) -> JSON {
    switch (access, audience) {
    case (.public, _): .object(JSONObject())
    case (_, .public): ["token": .array([])]
    case (.internal, .service): ["internalKey": .array([])]
    case (.role, .service): ["gatewayKey": .array([]), "userId": .array([]), "userRole": .array([])]
    case (.user, .service), (.owner, .service): ["gatewayKey": .array([]), "userId": .array([])]
    }
  }

  var deliveryScheme: String { "\(bundle.name).\(function.name)" }

  /// The header that proves who sent a delivery.
  var deliveryProof: JSON? {
    guard let webhook else { return nil }
    let header =
      switch webhook.verification.proof {
      case .token(let header): header
      case .signature(let signature): signature.header
      case .standardWebhooks: "webhook-signature"
      case .sendgrid: "x-twilio-email-event-webhook-signature"
      case .twilio: "x-twilio-signature"
      }
    return ["type": "apiKey", "in": "header", "name": .string(header)]
  }
}
