import FunctionKit

/// An endpoint that is never called: only its types count.
struct Shaped<Input: Decodable & Sendable, Output: Encodable & Sendable>: Endpoint {
  struct Uncalled: Error {}
  func handle(_ input: Input, context: Context) async throws -> Output { throw Uncalled() }
}

/// The schema of a body that is read as this type.
func schema<T: Decodable & Sendable>(reading type: T.Type) -> JSON? {
  guard let shape = Registered.endpoint(Shaped<T, Nothing>.self).shape?() else { return nil }
  return switch shape.input {
  case .fields(let fields): fields.whenRead
  case .body(let schema): schema
  }
}

/// The schema of `data` that is written from this type, with what it refers to in its place.
func schema<T: Encodable & Sendable>(writing type: T.Type) -> JSON? {
  guard let shape = Registered.endpoint(Shaped<Nothing, T>.self).shape?() else { return nil }
  let data = shape.answers.first?.schema["properties"]?["data"]
  guard let name = data?["$ref"]?.string?.split(separator: "/").last else { return data }
  return shape.definitions[String(name)]
}

/// What could not be told of a type that is read.
func unknown<T: Decodable & Sendable>(reading type: T.Type) -> [String] {
  Registered.endpoint(Shaped<T, Nothing>.self).shape?().unknown ?? []
}

/// What could not be told of a type that is written.
func unknown<T: Encodable & Sendable>(writing type: T.Type) -> [String] {
  Registered.endpoint(Shaped<Nothing, T>.self).shape?().unknown ?? []
}
