/// A unit of work the host can invoke: one input, one output, one context.
///
/// Conform to one of the four refinements, never to this protocol directly. A function holds no state: the host makes
/// one value per process and calls it for every invocation.
public protocol Function: Sendable {
  associatedtype Input: Sendable
  associatedtype Output: Sendable

  init()

  /// Does the work. An invocation that may write is one transaction, committed when this returns and rolled back when it
  /// throws, unless the manifest says `transaction: none`.
  /// - Throws: ``Problem`` to refuse; anything else is a failure, logged and answered as a 500 or retried.
  func handle(_ input: Input, context: Context) async throws -> Output
}

/// Answers an HTTP request. Its route and who may call it stand in the manifest.
///
/// `Input` is decoded from the path's parameters, the body and the query, in that order of precedence.
public protocol Endpoint: Function where Input: Decodable, Output: Encodable {}

/// Reacts to an event; takes effect exactly once per event. With `transaction: none` it may run again after a crash, and
/// makes that harmless itself.
///
/// `Input` declares the part of the event's data that this function needs.
public protocol EventHandler: Function where Input: Decodable, Output == Void {}

/// Runs on a schedule, once per tick over any number of hosts; with `transaction: none` once more after a crash.
public protocol CronJob: Function where Input == Tick, Output == Void {}

/// Works through a third party's call that was verified and stored before it was answered.
public protocol Webhook: Function where Input: Delivery, Output == Void {}

/// What a ``Webhook`` receives.
public protocol Delivery: Decodable, Sendable {
  /// What makes two deliveries the same one; the host keeps the first and acknowledges repeats. An id that the sender gives
  /// the delivery takes precedence, and without either it is the body's bytes.
  var deliveryID: String { get }
}

extension Delivery {
  /// Nothing but the bytes.
  public var deliveryID: String { "" }
}

/// The moment a schedule fired for, which is not the moment the job runs.
public struct Tick: Sendable {
  public let scheduledAt: Instant
  public init(scheduledAt: Instant) { self.scheduledAt = scheduledAt }
}

/// No input at all.
public struct Nothing: Codable, Sendable {
  public init() {}
}
