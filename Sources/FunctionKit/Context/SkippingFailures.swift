extension Context {
  /// Goes on to the next piece when one can't be done, so that no single one holds up a job for ever. A database that is
  /// away holds up all of them; a deadlock is one piece's, and comes right in the next run.
  /// - Parameter what: for the log, as in "invoice … is due".
  public func skippingFailures(_ what: String, _ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch {
      if Task.isCancelled || (error as? DatabaseError)?.isUnavailable == true { throw error }
      log.error("\(what), but: \(error)")
    }
  }
}
