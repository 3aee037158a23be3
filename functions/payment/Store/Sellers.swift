import FunctionKit

extension Context {
  /// The seller that something is asked about: the caller's own, or with a privilege whoever is named.
  /// - Returns: nil when nobody is named and the caller may see all.
  /// - Throws: ``Problem`` 404 for somebody else's, and for a user who does not sell.
  func requireSeller(_ named: ID?) throws -> ID? {
    if caller.isPrivileged { return named }
    // What is found is the seller's alone from here on.
    _ = try owningUser()
    guard let own = caller.sellerID, named == nil || named == own else { throw Problem.notFound("seller") }
    return own
  }
}
