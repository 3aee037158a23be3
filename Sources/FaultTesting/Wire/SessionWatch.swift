/// Follows one session between a host and its server just far enough to cut it at a statement.
///
/// Statements of the extended protocol are counted at Execute, those of the simple one at Query. What a host sends up to a
/// Sync, or one Query, is a group; the server ends its answer to each with ReadyForQuery.
struct SessionWatch: Sendable {
  enum Action: Equatable {
    case toServer([UInt8])
    case toHost([UInt8])
    case close
  }

  private enum Phase { case beginning, running, opaque, closed }

  private struct Pending {
    var cut: Cut
    /// The group with the statement; nothing after it is let through.
    var group: Int
  }

  private let database: String
  private var places: PlaceFinder
  private var phase = Phase.beginning
  private var fromHost = Messages()
  private var fromServer = Messages()
  private var prepared: [String: String] = [:]
  private var bound = ""
  private var groupsSent = 0
  /// The server is ready once before any group.
  private var groupsAnswered = -1
  private var pending: Pending?

  init(database: String) {
    self.database = database
    places = PlaceFinder(database: database)
  }

  // MARK: From the host

  mutating func hostSent(_ bytes: [UInt8], decide: (Statement) -> Cut?) -> [Action] {
    fromHost.append(bytes)
    var out = Gathering()
    while phase == .beginning, let message = fromHost.take(isTyped: false) { begin(message, &out) }
    if phase == .opaque { out.toServer += fromHost.takeRest() }
    while phase == .running, let message = fromHost.take(isTyped: true) { take(message, &out, decide) }
    return out.actions(isClosed: phase == .closed)
  }

  private mutating func begin(_ message: Messages.Message, _ out: inout Gathering) {
    switch Array(message.body.prefix(4)) {
    // Requests for encryption: the server is not even asked.
    case [0x04, 0xd2, 0x16, 0x2f], [0x04, 0xd2, 0x16, 0x30]: out.toHost += [UInt8(ascii: "N")]
    // A request to cancel a statement, the only message of its connection.
    case [0x04, 0xd2, 0x16, 0x2e]:
      phase = .opaque
      out.toServer += message.bytes
    default:
      phase = .running
      out.toServer += message.bytes
    }
  }

  private mutating func take(_ message: Messages.Message, _ out: inout Gathering, _ decide: (Statement) -> Cut?) {
    if let pending, groupsSent > pending.group { return }
    if message.isType("P") { prepared[message.strings(1)[0]] = message.strings(2).last }
    if message.isType("B") { bound = prepared[message.strings(2).last ?? ""] ?? "" }
    let text = message.isType("E") ? bound : message.isType("Q") ? message.strings(1)[0] : nil
    if let text, pending == nil {
      let cut = decide(Statement(database: database, text: text, place: places.place(of: text)))
      if cut == .before { return phase = .closed }
      pending = cut.map { Pending(cut: $0, group: groupsSent) }
    }
    if message.isType("S") || message.isType("Q") { groupsSent += 1 }
    out.toServer += message.bytes
  }

  // MARK: From the server

  mutating func serverSent(_ bytes: [UInt8]) -> [Action] {
    guard phase == .running else { return [.toHost(bytes)] }
    fromServer.append(bytes)
    var out = Gathering()
    while phase == .running, let message = fromServer.take(isTyped: true) {
      if message.isType("Z") { groupsAnswered += 1 }
      if pending?.cut != .unanswered || !isOfCutGroup(message) { out.toHost += message.bytes }
      if let pending, groupsAnswered > pending.group { phase = .closed }
    }
    return out.actions(isClosed: phase == .closed)
  }

  private func isOfCutGroup(_ message: Messages.Message) -> Bool {
    guard let pending else { return false }
    return groupsAnswered - (message.isType("Z") ? 1 : 0) >= pending.group
  }

  /// What one call lets through, in one piece each way.
  private struct Gathering {
    var toServer: [UInt8] = []
    var toHost: [UInt8] = []

    func actions(isClosed: Bool) -> [Action] {
      (toServer.isEmpty ? [] : [.toServer(toServer)]) + (toHost.isEmpty ? [] : [.toHost(toHost)])
        + (isClosed ? [.close] : [])
    }
  }
}
