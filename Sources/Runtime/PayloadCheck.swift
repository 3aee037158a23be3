internal import FunctionKit
internal import Manifest

/// An event's data is not what its file promises to those who subscribe.
struct InvalidPayload: Error, CustomStringConvertible {
  let function: String
  let event: String
  let violations: [SchemaViolation]

  var description: String {
    let list = violations.map(\.description).joined(separator: "; ")
    return "\(function) emitted \(event) with data that does not satisfy events/\(event).yaml: \(list)"
  }
}

extension Environment {
  /// - Throws: ``InvalidPayload``.
  func check(_ event: EmittedEvent, of function: LoadedFunction) throws {
    guard let schema = payloadSchemas[event.type] else { return }
    let violations = schema.violations(in: try JSON.parse(event.data))
    guard violations.isEmpty else {
      throw InvalidPayload(function: function.name, event: event.type, violations: violations)
    }
  }
}
