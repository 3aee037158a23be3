/// A value that is no container.
///
/// Unlike the members of an object it throws at once: types try one reading after another here, and the caller reports.
struct ValueReader: SingleValueDecodingContainer {
  let decoder: NodeDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.node.isNil }

  func decode<T: NodeScalar>(_ type: T.Type) throws -> T { try scalar() }
  func decode(_ type: Int128.Type) throws -> Int128 { try scalar() }
  func decode(_ type: UInt128.Type) throws -> UInt128 { try scalar() }

  private func scalar<T: NodeScalar>() throws -> T {
    do throws(FieldProblem) {
      return try T.read(decoder.node)
    } catch {
      throw error.decodingError(T.self, at: decoder.path)
    }
  }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: decoder) }
}

extension JSON: Decodable {
  public init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? NodeDecoder else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "JSON can only be read by decodeJSON"))
    }
    self = decoder.node.json
  }
}

extension JSONObject: Decodable {
  public init(from decoder: any Decoder) throws {
    guard let object = try JSON(from: decoder).object else {
      throw FieldProblem("type", "must be an object").decodingError(JSONObject.self, at: FieldPath(decoder.codingPath))
    }
    self = object
  }
}

extension JSONNumber: Decodable {
  public init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? NodeDecoder else {
      self.init(try Int(from: decoder))
      return
    }
    do throws(FieldProblem) {
      self = try decoder.node.number("must be a number")
    } catch {
      throw error.decodingError(JSONNumber.self, at: decoder.path)
    }
  }
}
