/// The members of an object.
///
/// The generic methods answer for every concrete overload without a default; the compiler specialises them.
struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: JSONSink

  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) {
    sink.beginMember(key.stringValue)
    sink.json.null()
  }

  func encode<T: JSONScalar>(_ value: T, forKey key: Key) throws { try scalar(value, key) }

  func scalar<T: JSONScalar>(_ value: T, _ key: Key) throws {
    sink.beginMember(key.stringValue)
    do { try value.put(into: &sink.json) } catch { throw sink.failed(error, at: key) }
  }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    sink.beginMember(key.stringValue)
    try sink.write(value, at: key)
  }

  func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    child(key.stringValue).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    child(key.stringValue).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { child("super") }

  func superEncoder(forKey key: Key) -> any Encoder { child(key.stringValue) }

  private func child(_ name: String) -> JSONSink {
    sink.beginMember(name)
    return sink.child()
  }
}
