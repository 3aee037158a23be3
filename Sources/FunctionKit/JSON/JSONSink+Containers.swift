extension JSONSink: SingleValueEncodingContainer {
  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    open(.object)
    return KeyedEncodingContainer(JSONMembers(sink: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    open(.array)
    return JSONItems(sink: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() {
    beginScalar()
    json.null()
  }

  func encode<T: JSONScalar>(_ value: T) throws { try scalar(value) }

  func scalar<T: JSONScalar>(_ value: T) throws {
    try value.put(into: &json)
    beginScalar()
  }

  func encode<T: Encodable>(_ value: T) throws { try value.encode(to: self) }
}

/// The items of a list.
struct JSONItems: UnkeyedEncodingContainer {
  let sink: JSONSink

  var codingPath: [any CodingKey] { [] }
  var count: Int { sink.json.count }

  func encodeNil() {
    sink.beginItem()
    sink.json.null()
  }

  func encode<T: JSONScalar>(_ value: T) throws { try scalar(value) }

  func scalar<T: JSONScalar>(_ value: T) throws {
    let index = sink.json.count
    sink.beginItem()
    do { try value.put(into: &sink.json) } catch { throw sink.failed(error, at: PathKey(index)) }
  }

  func encode<T: Encodable>(_ value: T) throws {
    let index = sink.json.count
    sink.beginItem()
    try sink.write(value, at: PathKey(index))
  }

  func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    child().container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }

  func superEncoder() -> any Encoder { child() }

  private func child() -> JSONSink {
    sink.beginItem()
    return sink.child()
  }
}
