extension JSONSink {
  /// Closes the document and hands its bytes over.
  func finished(_ value: some Encodable) throws -> [UInt8] {
    close()
    guard !broken else {
      let reason = "a value was written twice, or went on after an error"
      throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: reason))
    }
    guard !children.isEmpty else { return json.bytes }
    var whole: [UInt8] = []
    var copied = 0
    for child in children {
      whole += json.bytes[copied..<child.offset]
      whole += try child.sink.finished(value)
      copied = child.offset
    }
    return whole + json.bytes[copied...]
  }

  /// The error with its path grown by a key. Half a value is written, so nobody may swallow it and go on.
  func failed(_ error: any Error, at key: any CodingKey) -> any Error {
    broken = true
    guard case EncodingError.invalidValue(let value, let context) = error else { return error }
    let path = [key] + context.codingPath
    return EncodingError.invalidValue(value, .init(codingPath: path, debugDescription: context.debugDescription))
  }
}
