private import Crypto
internal import FunctionKit
internal import Manifest
internal import Runtime

/// Rows for one bundle's inbox, inserted in one statement.
struct InboxBatch: Sendable {
  let source: String
  private var ids: [ID] = []
  private var functions: [String] = []
  private var types: [String] = []
  private var subjects: [String] = []
  private var keys: [String] = []
  private var times: [Instant] = []
  private var traces: [String] = []
  private var data: [Bytes] = []

  init(source: String) { self.source = source }

  var isEmpty: Bool { ids.isEmpty }

  mutating func add(_ event: OutboxEvent, for function: LoadedFunction) {
    ids.append(event.id)
    functions.append(function.name)
    types.append(event.type)
    subjects.append(event.subject)
    keys.append(storable(function.key(of: event)))
    times.append(event.time)
    traces.append(event.trace ?? "")
    data.append(event.data)
  }

  /// What is behind an event that waits, waits as long; behind a dead letter that blocks, until somebody decides.
  func insert(now: Instant) -> SQL {
    """
    select lakoo.receive(\("/services/\(source)"), \(now), \(ids)::uuid[], \(functions)::text[], \(types)::text[],
      \(subjects)::text[], \(keys)::text[], \(times)::timestamptz[], \(traces)::text[], \(data)::bytea[])
    """
  }
}

/// A key that fits an index; the digest of one that does not.
private func storable(_ key: String) -> String {
  let isPlain = key.utf8.count <= 200 && !key.utf8.contains(0)
  return isPlain ? key : hexString(sha256(Array(key.utf8)))
}

extension LoadedFunction {
  /// Events of one key reach the function one at a time, in order.
  fileprivate func key(of event: OutboxEvent) -> String {
    switch eventKey {
    case .subject: return event.subject
    case .none: return event.id.description
    case .field(let name): return event.field(name) ?? event.subject
    }
  }
}

extension OutboxEvent {
  /// A text or number of the data; nil when there is none of that name.
  fileprivate func field(_ name: String) -> String? {
    guard let value = try? JSON.parse(data.bytes)[name] else { return nil }
    return value.string ?? value.int.map(String.init)
  }
}
