/// Text that only whoever has the key can read, as a `bytea` column keeps it. It can't be answered or logged by mistake:
/// it is not `Encodable`, and describes itself as its length.
public struct Sealed: SQLValue, Decodable, Sendable, Hashable, CustomStringConvertible {
  public let bytes: Bytes

  public init(_ bytes: Bytes) { self.bytes = bytes }

  public init(from decoder: any Decoder) throws {
    bytes = try decoder.singleValueContainer().decode(Bytes.self)
  }

  public var sqlText: String? { bytes.sqlText }
  public var description: String { "\(bytes.bytes.count) sealed bytes" }
}
