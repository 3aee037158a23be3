import FunctionKit
import PlatformTesting
import Synchronization

/// Tables that the tests' functions write to.
let tillSchema = """
  create table note (id text primary key);
  create table line (note text references note (id) deferrable initially deferred);
  create table charge (id int generated always as identity, amount int not null);
  """

var tillSetting: Setting {
  var setting = Setting()
  setting.schema = tillSchema
  return setting
}

struct NoteInput: Decodable { var id: String }

struct Mishap: Error, CustomStringConvertible {
  var description = "the till is on fire"
}

/// Holds functions up until the test lets them go on, whatever becomes of their tasks meanwhile.
final class Gate: Sendable {
  private let state = Mutex<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

  var waitingCount: Int { state.withLock { $0.waiting.count } }

  func pass() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      defer { state = (true, []) }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}

extension Platform {
  func count(_ table: String) async throws -> Int { try await one(SQL(stringLiteral: "select count(*) from \(table)")) }
}

/// What a test has seen so far.
final class Seen: Sendable {
  private let values = Mutex<[String]>([])
  var value: [String] { values.withLock { $0 } }
  func add(_ value: String) { values.withLock { $0.append(value) } }
}
