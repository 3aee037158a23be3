// The protocols have defaults of their own for what follows, which win over a generic method: they leave an absent
// member out, or refuse 128 bits. So each is answered by name.

extension JSONMembers {
  // The commonest ones write all of a member at once.

  func encode(_ value: String, forKey key: Key) {
    sink.json.beginMember(key.stringValue)
    sink.json.string(value)
  }

  func encode(_ value: Bool, forKey key: Key) {
    sink.json.beginMember(key.stringValue)
    sink.json.bool(value)
  }

  func encode(_ value: Int, forKey key: Key) {
    sink.json.beginMember(key.stringValue)
    sink.json.integer(value)
  }

  func encodeIfPresent(_ value: String?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: Bool?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: Int?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: Int128?, forKey key: Key) throws { try orNull(value, key) }
  func encodeIfPresent(_ value: UInt128?, forKey key: Key) throws { try orNull(value, key) }

  private func orNull<T: JSONScalar>(_ value: T?, _ key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func encode(_ value: Int128, forKey key: Key) throws { try scalar(value, key) }
  func encode(_ value: UInt128, forKey key: Key) throws { try scalar(value, key) }
}

extension JSONItems {
  func encode(_ value: Int128) throws { try scalar(value) }
  func encode(_ value: UInt128) throws { try scalar(value) }
}

extension JSONSink {
  func encode(_ value: Int128) throws { try scalar(value) }
  func encode(_ value: UInt128) throws { try scalar(value) }
}
