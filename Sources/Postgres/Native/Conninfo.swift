private import CLibPQ

/// Where a database is and how a session on it is set up.
struct Conninfo: Sendable {
  /// As libpq takes it: `host=… dbname=…` or `postgresql://…`.
  let text: String
  var applicationName: String
  /// Server settings that hold from the session's first moment, so that nothing runs under others.
  var settings: [(name: String, value: String)]
  /// Another database on the same server than the text's.
  var otherDatabase: String?

  /// The settings of every session: what text values look like must never depend on the server's configuration, and
  /// compiling a statement takes a hundred times longer than statements here do.
  static let common: [(name: String, value: String)] = [
    ("timezone", "UTC"), ("datestyle", "ISO"), ("intervalstyle", "postgres"), ("bytea_output", "hex"),
    ("extra_float_digits", "1"), ("standard_conforming_strings", "on"),
    ("idle_in_transaction_session_timeout", "60s"), ("jit", "off"),
  ]

  /// One of the parameters that the text gives, or nil.
  func parameter(_ name: String) -> String? {
    guard let options = PQconninfoParse(text, nil) else { return nil }
    defer { PQconninfoFree(options) }
    var option = options
    while let keyword = option.pointee.keyword {
      if String(cString: keyword) == name { return option.pointee.val.map { String(cString: $0) } }
      option += 1
    }
    return nil
  }

  var database: String { otherDatabase ?? parameter("dbname") ?? parameter("user") ?? "postgres" }

  /// What libpq is given: later ones win, so these hold over the text's own.
  var parameters: [(name: String, value: String)] {
    let own = parameter("options").map { $0 + " " } ?? ""
    let options = settings.map { "-c \($0.name)=\($0.value.replacingSpaces())" }.joined(separator: " ")
    let other = otherDatabase.map { [(name: "dbname", value: $0)] } ?? []
    return [("dbname", text)] + other + [
      ("options", own + options), ("application_name", applicationName), ("client_encoding", "UTF8"),
      ("keepalives_idle", "15"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
    ]
  }
}

extension String {
  /// In `options` a space ends a setting unless a backslash stands before it.
  fileprivate func replacingSpaces() -> String { split(separator: " ").joined(separator: "\\ ") }
}
