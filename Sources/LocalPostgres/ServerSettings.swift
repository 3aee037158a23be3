/// What the server is started with. All of it is on the command line, so that the host's version decides and no file in
/// the cluster can go stale.
enum ServerSettings {
  static func arguments(_ layout: Layout) -> [String] {
    let settings = [
      ("listen_addresses", ""),
      ("port", "\(Layout.port)"),
      ("unix_socket_directories", quoted(layout.socketDirectory)),
      // The socket's owner and root, nobody else: that is what makes `trust` safe.
      ("unix_socket_permissions", "0700"),
      ("max_connections", "500"),
      ("shared_buffers", "64MB"),
      ("fsync", "on"),
      ("synchronous_commit", "on"),
      ("full_page_writes", "on"),
      ("timezone", "UTC"),
      ("log_timezone", "UTC"),
      ("log_min_messages", "warning"),
      ("log_destination", "stderr"),
      ("logging_collector", "off"),
    ]
    return ["-D", layout.cluster] + settings.flatMap { ["-c", "\($0)=\($1)"] }
  }

  /// The setting is a list; quotes keep commas and blanks in one path.
  private static func quoted(_ path: String) -> String {
    "\"" + path.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
