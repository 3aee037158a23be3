import FunctionKit

/// What payment asks the seller service.
extension Services {
  func seller(_ id: ID) async throws -> SellerProfile {
    try await call("seller", .get, "/sellers/\(id)", timeout: .seconds(3), retries: 2)
  }
}

/// What it tells other services of a seller.
struct SellerProfile: Decodable, Sendable {
  var userId: ID
}

extension Context {
  /// The user behind a seller, whose wallet is paid into.
  func user(ofSeller seller: ID, before end: Instant) async throws -> ID {
    if let known = try await db.knownUser(ofSeller: seller, before: end) { return known }
    return try await services.seller(seller).userId
  }
}
