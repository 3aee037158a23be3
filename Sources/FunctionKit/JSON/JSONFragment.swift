/// A type that writes its own JSON, for those met so often that containers would cost too much: ids, money, instants.
///
/// Adopting it replaces synthesized encoding.
public protocol JSONFragment: Encodable {
  /// Appends exactly one JSON value.
  func write(json: inout JSONBytes) throws
}

extension JSONFragment {
  /// Only the kit's own encoder can take ready-made text.
  public func encode(to encoder: any Encoder) throws {
    guard let sink = encoder as? JSONSink else {
      let reason = "\(Self.self) can only be written by encodeJSON"
      throw EncodingError.invalidValue(self, .init(codingPath: encoder.codingPath, debugDescription: reason))
    }
    sink.beginScalar()
    try write(json: &sink.json)
  }
}

extension JSONFragment where Self: RawRepresentable, RawValue == String {
  /// Settles which default counts, the fragment's or that of `RawRepresentable`.
  public func encode(to encoder: any Encoder) throws {
    guard let sink = encoder as? JSONSink else { return try rawValue.encode(to: encoder) }
    sink.beginScalar()
    try write(json: &sink.json)
  }
}
