/// The parts of an HTTP request that an endpoint's input is decoded from.
public struct EndpointRequest: Sendable {
  public var path: [(name: String, value: String)]
  public var query: [(name: String, value: String)]
  /// The body's bytes; empty when there is none.
  public var body: [UInt8]

  public init(
    path: [(name: String, value: String)] = [], query: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.path = path
    self.query = query
    self.body = body
  }

  /// - Throws: ``Problem`` 400 `invalid_json` with the position, or 422 `validation_failed` with every failing field.
  func decode<Input: Decodable>() throws -> Input {
    if Input.self == Nothing.self, body.isEmpty, let nothing = Nothing() as? Input { return nothing }
    let json: JSON? = body.isEmpty ? .none : try parseBody()
    do {
      return try InputDecoder(path: path, query: query, body: json).decode(Input.self)
    } catch let failure as ValidationFailure {
      throw Problem.validation(failure.errors)
    }
  }

  private func parseBody() throws -> JSON {
    do {
      return try JSON.parse(body)
    } catch {
      throw Problem(
        400, "invalid_json",
        "The body is not valid JSON: \(error.message) at line \(error.line), column \(error.column).")
    }
  }
}
