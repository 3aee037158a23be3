import FunctionKit

/// What a link in an e-mail says: whose advertising, or letters, are to end. Sealed, so that nobody can make one up.
struct UnsubscribeToken: Sendable {
  enum Scope: String, Codable, CaseIterable, Sendable { case marketing, newsletter }

  static let secret = "NOTIFICATION_SEALING_KEY"
  private static let place = "unsubscribe"
  static let life = Duration.days(90)

  var user: ID
  var scope: Scope
  var expiresAt: Instant

  func text(_ context: Context) throws -> String {
    let sealed = try context.seal("\(user) \(scope.rawValue) \(expiresAt.seconds)", with: Self.secret, for: Self.place)
    return sealed.bytes.bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// - Throws: ``Problem`` 400 `invalid_token` for one that is not ours, or too old.
  init(_ text: String, _ context: Context) throws {
    guard let bytes = Self.bytes(text), let parts = Self.parts(bytes, context), parts.count == 3,
      let user = ID(parts[0]), let scope = Scope(rawValue: parts[1]), let end = Int64(parts[2])
    else { throw Self.invalid }
    (self.user, self.scope, expiresAt) = (user, scope, Instant(seconds: end))
    guard expiresAt > context.now else { throw Self.invalid }
  }

  init(user: ID, scope: Scope, expiresAt: Instant) {
    (self.user, self.scope, self.expiresAt) = (user, scope, expiresAt)
  }

  private static func parts(_ bytes: [UInt8], _ context: Context) -> [String]? {
    let opened = try? context.open(Sealed(Bytes(bytes)), with: secret, for: place)
    return opened?.split(separator: " ").map(String.init)
  }

  private static func bytes(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2), (2...512).contains(digits.count) else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[place...place + 1], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static let invalid = Problem(400, "invalid_token", "This link is not valid any longer.")
}
