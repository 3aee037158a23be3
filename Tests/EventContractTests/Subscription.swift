import AddressFunctions
import Foundation
import FunctionKit
import Manifest
import NotificationFunctions
import PaymentFunctions
import SandboxFunctions
import Testing
import WalletFunctions

/// Every bundle of the project.
let libraries: [String: any FunctionBundle.Type] = [
  "address": Address.self, "notification": Notification.self, "payment": Payment.self, "sandbox": Sandbox.self,
  "wallet": Wallet.self,
]

let project = Result {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  return try loadManifests(directory: root.appending(path: "manifests").path)
}

/// One function and one of the events that it subscribes to.
struct Subscription: Sendable, CustomTestStringConvertible {
  let function: Registered
  let event: EventDefinition
  var testDescription: String { "\(function.name) on \(event.name)" }

  static let all: [Subscription] = {
    guard let set = try? project.get() else { return [] }
    return EventGraph(set.bundles, catalogue: set.events).nodes.flatMap { node in
      node.consumers.compactMap { link in
        let function = libraries[link.bundle]?.functions.first { $0.name == link.function }
        guard let function, let event = node.definition else { return nil }
        return Subscription(function: function, event: event)
      }
    }
  }()

  /// Hands the function data of the event, up to where it would act on it.
  func read(_ data: JSON) async throws {
    guard case .event(let handle) = function.invoke else { return }
    let host = NoHost()
    let id = ID(at: host.now, random: (0, 0))
    let envelope = EventEnvelope(
      id: id, type: event.name, source: "/services/\(event.producer)", subject: "subject", time: host.now)
    do {
      try await handle(data.serialized(), Context(host: host, requestID: "contract", event: envelope))
    } catch is NoHost.Reached {}
  }
}

extension PayloadSchema {
  /// Data without anything that the schema does not require.
  func leastOf(_ data: JSON) -> JSON {
    switch (shape, data) {
    case (.object(let properties), .object(let object)) where !properties.isEmpty:
      .object(
        JSONObject(
          properties.filter(\.isRequired).compactMap { property in
            object[property.name].map { (property.name, property.schema.leastOf($0)) }
          }))
    case (.array(let items), .array(let values)): .array(values.map(items.leastOf))
    default: data
    }
  }
}
