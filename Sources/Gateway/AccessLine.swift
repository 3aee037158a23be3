internal import FunctionKit
internal import HTTPServer

/// One request, as the access log has it.
struct AccessLine {
  /// Characters of a path that are put down.
  private static let mostPath = 512

  let time: Instant
  let door: Door
  let outcome: Outcome
  var client: String?
  var method: String?
  var route: String?
  var path: String?
  var names: (bundle: String, function: String)?
  /// Nanoseconds.
  var duration: UInt64?
  var trace: String?
  var user: ID?

  init(time: Instant, door: Door, outcome: Outcome) {
    self.time = time
    self.door = door
    self.outcome = outcome
    trace = outcome.traceparent.map { String($0.dropFirst(3).prefix(32)) }
  }

  mutating func describe(
    _ head: RequestHead, _ target: RouteTable.Target?, _ values: [ArraySlice<UInt8>], from client: String?
  ) {
    self.client = client
    method = head.method.description
    route = target?.pattern
    names = target?.action.names
    path = String(RedactedPath.text(head.pathBytes, target, values).prefix(AccessLine.mostPath))
  }

  /// With its line end.
  var bytes: [UInt8] {
    var json = JSONBytes()
    json.raw(#"{"time":"#)
    json.string(time.description)
    json.raw(#","kind":"access""#)
    json.member(#","door":"#, door.plainWord)
    json.member(#","request":"#, outcome.requestID)
    json.member(#","trace":"#, trace)
    json.member(#","client":"#, client)
    json.member(#","method":"#, method)
    json.member(#","route":"#, route)
    json.member(#","path":"#, path)
    json.member(#","status":"#, outcome.status)
    json.member(#","bytes":"#, outcome.bytes)
    json.member(#","us":"#, duration.map { Int($0 / 1000) })
    json.member(#","bundle":"#, names?.bundle)
    json.member(#","function":"#, names?.function)
    json.member(#","user":"#, user?.description)
    json.raw("}\n")
    return json.bytes
  }
}

extension Door {
  /// Without the colon that sets a port of the host's apart from a bundle.
  fileprivate var plainWord: String { word.hasPrefix(":") ? String(word.dropFirst()) : word }
}

extension JSONBytes {
  fileprivate mutating func member(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    raw(name)
    string(value)
  }

  fileprivate mutating func member(_ name: StaticString, _ value: Int?) {
    guard let value else { return }
    raw(name)
    integer(value)
  }
}
