extension Context {
  /// The version that the client has seen of what it wants to change, from its `If-Match: "3"`; nil when it sent none, and
  /// for `*`, which means whatever there is.
  /// - Throws: ``Problem`` 400 `invalid_if_match` for anything else, weak tags and lists included.
  public func expectedVersion() throws -> Int? {
    guard let header = header("if-match"), header != "*" else { return nil }
    guard let version = Int(header.dropFirst().dropLast()), header == entityTag(version) else {
      throw Problem(
        400, "invalid_if_match",
        "If-Match takes the version from the ETag that was read, in quotes such as \"3\", or *.",
        details: [FieldError(field: "If-Match", message: "must be one version in quotes, or *", code: "invalid")])
    }
    return version
  }

  /// Proves that what the client wants to change is still what it has seen. Read the version inside the transaction, with
  /// `for update`, so that nobody changes it in between.
  /// - Throws: ``Problem`` 412 `stale_version`, and what ``expectedVersion()`` throws.
  public func requireVersion(_ current: Int) throws {
    guard let expected = try expectedVersion(), expected != current else { return }
    throw Problem.staleVersion(expected, current: current)
  }
}

extension Problem {
  /// 412, for a change to something that somebody else has changed meanwhile.
  public static func staleVersion(_ expected: Int, current: Int) -> Problem {
    Problem(
      412, "stale_version",
      "It was changed meanwhile: version \(expected) is now \(current). Read it again, then repeat.",
      details: [FieldError(field: "If-Match", message: "must be the current version \(current)", code: "stale")])
  }
}

extension Reply {
  /// Names the version of what the reply shows, as its `ETag`: clients send it back in `If-Match`, and a GET that has it in
  /// `If-None-Match` is answered 304 without a body.
  public func version(_ version: Int) -> Reply {
    var reply = self
    reply.headers.append((name: "etag", value: entityTag(version)))
    return reply
  }
}

private func entityTag(_ version: Int) -> String { "\"\(version)\"" }
