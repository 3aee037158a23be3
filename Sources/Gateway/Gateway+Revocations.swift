extension Gateway {
  /// The service that says which sessions have ended.
  public static let authService = "auth"

  /// Begins to ask for the sessions that have ended, whose tokens are refused from then on. The first answer is waited
  /// for, two seconds at most, so that nobody is let in who is known to be out.
  public func watchRevocations() async { await admission.tokens?.revocations.start() }

  public func stopWatching() async { await admission.tokens?.revocations.stop() }
}
