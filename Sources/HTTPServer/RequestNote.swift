/// What a handler puts down of a request while it looks for an answer, to be found again when the answer goes out.
public struct RequestNote: Sendable {
  /// The number of the route that takes it.
  public var route: Int?
  /// The code of the problem that the handler answers it with by itself.
  public var refusal: String?

  public init() {}
}
