public import FunctionKit

/// What `manifests/events/<event>.yaml` says: who emits an event, who subscribes to it, and what its data looks like.
public struct EventDefinition: Sendable, Equatable {
  public let name: String
  /// The only bundle that emits it.
  public let producer: String
  /// The bundles that may subscribe, be they part of this deployment or not.
  public let consumers: [String]
  /// Whether it is meant for readers outside of all bundles too.
  public let isExternal: Bool
  public let topic: String
  public let payload: PayloadSchema
  /// Data that satisfies `payload`: what producers and consumers are tested against.
  public let sample: JSON
  /// The file's name below `manifests/`, for messages.
  public let file: String
  let namePosition: Position
}

/// The event files of a project.
public struct EventCatalogue: Sendable, Equatable {
  /// In order of name.
  public let definitions: [EventDefinition]
  /// Names of events whose file has mistakes of its own, so that nothing more is said about them.
  let refused: Set<String>

  /// What the data of each event has to look like, by the event's name.
  public var payloadSchemas: [String: PayloadSchema] {
    Dictionary(definitions.map { ($0.name, $0.payload) }) { first, _ in first }
  }
}
