import FunctionKit

/// An address that is left alone, known only by what it hashes to.
struct SuppressionView: Codable, Sendable {
  var channel: Channel
  /// SHA-256 of the address in lower case, or of the number as `+62…`, in hexadecimal digits.
  var addressHash: String
  var reason: SuppressionReason
  /// Null for ever.
  var until: Instant?
  var createdAt: Instant

  static let columns: SQL = "channel, address_hash, reason, until, created_at"
  static let hash: FieldLimit = .pattern("^[0-9a-f]{64}$")

  /// - Returns: false for what no address hashes to.
  static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  var place: Place { Place(createdAt: createdAt, channel: channel, addressHash: addressHash) }

  /// Where one stands in the list: the newest come first, then by channel and address.
  struct Place: LosslessStringConvertible, Sendable {
    var createdAt: Instant
    var channel: Channel
    var addressHash: String

    var description: String { "\(createdAt.microseconds) \(channel.rawValue) \(addressHash)" }

    init(createdAt: Instant, channel: Channel, addressHash: String) {
      (self.createdAt, self.channel, self.addressHash) = (createdAt, channel, addressHash)
    }

    init?(_ text: String) {
      let parts = text.split(separator: " ").map(String.init)
      guard parts.count == 3, let time = Int64(parts[0]), let channel = Channel(rawValue: parts[1]) else { return nil }
      self.init(createdAt: Instant(microseconds: time), channel: channel, addressHash: parts[2])
    }
  }
}
