import Gateway

extension Ports {
  /// Where everything is, for a person at a terminal.
  var banner: String {
    let lines = doors.map { door, port in
      let name =
        switch door {
        case .gateway: "gateway"
        case .admin: "admin"
        case .service(let name): name
        }
      return "  \(name.padded(to: 14)) \(url(of: door))"
    }
    return "listening:\n" + lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
