/// How a function says whose something is. One whose manifest says `access: owner` must, or its answer is not sent.
extension Context {
  /// The signed-in user.
  /// - Throws: ``Problem/unauthenticated``.
  public func requireUser() throws -> ID {
    guard let user = caller.userID else { throw Problem.unauthenticated }
    return user
  }

  /// Proves that the caller may see what belongs to `owner`.
  /// - Throws: ``Problem`` 404, so that ids can't be probed.
  public func requireOwner(_ owner: ID?, of what: String) throws {
    guard caller.isPrivileged || (owner != nil && caller.userID == owner) else { throw Problem.notFound(what) }
    host.noteOwnership()
  }

  /// The signed-in user, for a statement that by its `where` finds only what belongs to them, which is proof enough.
  /// - Throws: ``Problem/unauthenticated``.
  public func owningUser() throws -> ID {
    let user = try requireUser()
    host.noteOwnership()
    return user
  }
}
