import Gateway

extension Ports {
  /// Where everything is, for a person at a terminal.
  var banner: [String] {
    doors.map { door, _ in
      let name =
        switch door {
        case .gateway: "gateway"
        case .admin, .local: "admin"
        case .service(let name): name
        }
      return "\(name.padded(to: 14)) \(url(of: door))"
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
