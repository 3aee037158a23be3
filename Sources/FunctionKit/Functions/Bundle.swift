/// What one library offers the host: the functions of a service. The library of bundle `payment` has a public enum
/// `Payment` that conforms.
public protocol FunctionBundle: Sendable {
  static var functions: [Registered] { get }
}

/// A function with its types erased.
public struct Registered: Sendable {
  public enum Kind: String, Sendable { case endpoint, event, cron, webhook }

  /// How the host calls it.
  public enum Invoke: Sendable {
    case endpoint(@Sendable (EndpointRequest, Context) async throws -> RawReply)
    case event(@Sendable (_ data: [UInt8], Context) async throws -> Void)
    case cron(@Sendable (Tick, Context) async throws -> Void)
    case webhook(
      deliveryID: @Sendable (_ body: [UInt8]) throws -> String,
      handle: @Sendable (_ body: [UInt8], Context) async throws -> Void)
  }

  /// The type's name, as the manifest writes it.
  public let name: String
  public let invoke: Invoke
  /// Finds out what the function takes and answers, for its description; nil for those that nobody calls.
  public let shape: (@Sendable () -> FunctionShape)?

  init(name: String, shape: (@Sendable () -> FunctionShape)? = nil, invoke: Invoke) {
    self.name = name
    self.shape = shape
    self.invoke = invoke
  }

  public var kind: Kind {
    switch invoke {
    case .endpoint: .endpoint
    case .event: .event
    case .cron: .cron
    case .webhook: .webhook
    }
  }
}

extension Registered {
  /// An endpoint whose output is the `data` of the usual envelope.
  public static func endpoint<F: Endpoint>(_ type: F.Type) -> Registered {
    let function = F()
    return Registered(
      name: "\(F.self)",
      shape: { FunctionShape(F.Input.self) { [AnswerShape(envelope: $0.schema(of: F.Output.self))] } },
      invoke: .endpoint { request, context in
        try await RawReply(success: function.handle(request.decode(), context: context))
      })
  }

  /// An endpoint that decides its whole reply.
  public static func endpoint<F: Endpoint>(_ type: F.Type) -> Registered where F.Output: ReplyConvertible {
    let function = F()
    return Registered(
      name: "\(F.self)",
      shape: { FunctionShape(F.Input.self) { $0.answers(of: F.Output.self) } },
      invoke: .endpoint { request, context in
        try await function.handle(request.decode(), context: context).reply()
      })
  }

  public static func event<F: EventHandler>(_ type: F.Type) -> Registered {
    let function = F()
    return Registered(
      name: "\(F.self)",
      invoke: .event { data, context in
        try await function.handle(decodeJSON(F.Input.self, from: data), context: context)
      })
  }

  public static func cron<F: CronJob>(_ type: F.Type) -> Registered {
    let function = F()
    return Registered(name: "\(F.self)", invoke: .cron { try await function.handle($0, context: $1) })
  }

  public static func webhook<F: Webhook>(_ type: F.Type) -> Registered {
    let function = F()
    return Registered(
      name: "\(F.self)",
      shape: { FunctionShape(F.Input.self) { _ in [] } },
      invoke: .webhook(
        deliveryID: { try decodeJSON(F.Input.self, from: $0).deliveryID },
        handle: { try await function.handle(decodeJSON(F.Input.self, from: $0), context: $1) }))
  }
}
