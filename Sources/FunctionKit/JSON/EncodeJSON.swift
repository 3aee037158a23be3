/// The value as compact JSON: names as declared, absent optionals as `null`, doubles in their shortest exact form.
///
/// - Throws: `EncodingError` for NaN and the infinities, or whatever the value's own `encode(to:)` throws.
public func encodeJSON<T: Encodable>(_ value: T) throws -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(256)
  try encodeJSON(value, into: &bytes)
  return bytes
}

/// Appends the value to a buffer that may be reused; on failure the buffer is as it was before.
public func encodeJSON<T: Encodable>(_ value: T, into bytes: inout [UInt8]) throws {
  let start = bytes.count
  let sink = JSONSink(JSONBytes(bytes))
  bytes = []
  do {
    try value.encode(to: sink)
    bytes = try sink.finished(value)
  } catch {
    bytes = Array(sink.json.bytes.prefix(start))
    throw error
  }
}
