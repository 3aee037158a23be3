import Testing

@testable import FaultTesting

/// How a session between host and server is followed and cut, byte by byte.
@Suite struct `A session between host and server` {
  private let startup = message(nil, [0, 3, 0, 0] + Array("user\0postgres\0\0".utf8))
  private let ready = message("Z", [UInt8(ascii: "I")])
  private let row = message("D", [0, 0])
  private let sync = message("S", [])

  private func parse(_ name: String, _ text: String) -> [UInt8] { message("P", Array("\(name)\0\(text)\0\0\0".utf8)) }
  private func bind(_ name: String) -> [UInt8] { message("B", Array("\0\(name)\0\0\0\0\0\0\0".utf8)) }
  private let execute = message("E", [0, 0, 0, 0, 0])
  private func query(_ text: String) -> [UInt8] { message("Q", Array("\(text)\0".utf8)) }

  /// A session that has been let in.
  private func running(_ decide: (Statement) -> Cut?) -> SessionWatch {
    var watch = SessionWatch(database: "payment")
    #expect(watch.hostSent(startup, decide: decide) == [.toServer(startup)])
    #expect(watch.serverSent(ready) == [.toHost(ready)])
    return watch
  }

  @Test func `what is not cut comes through as it was, however it is split`() {
    var texts: [String] = []
    let decide: (Statement) -> Cut? = {
      texts.append($0.text)
      return nil
    }
    var watch = running(decide)
    let sent = parse("s1", "select 1") + bind("s1") + execute + sync + bind("s1") + execute + sync + query("select 2")
    var came: [UInt8] = []
    for byte in sent {
      for case .toServer(let bytes) in watch.hostSent([byte], decide: decide) { came += bytes }
    }
    #expect(came == sent)
    #expect(texts == ["select 1", "select 1", "select 2"])
    #expect(watch.serverSent(row + ready) == [.toHost(row + ready)])
  }

  @Test func `cut before, a statement does not reach the server, but what was sent before it does`() {
    let decide: (Statement) -> Cut? = { $0.text == "commit" ? .before : nil }
    var watch = running(decide)
    let first = parse("a", "begin") + bind("a") + execute
    let last = parse("b", "commit") + bind("b")
    #expect(watch.hostSent(first + last + execute + sync, decide: decide) == [.toServer(first + last), .close])
  }

  @Test func `cut unanswered, a statement is synchronised, its answer is lost, and nothing follows it`() {
    let decide: (Statement) -> Cut? = { $0.text == "commit" ? .unanswered : nil }
    var watch = running(decide)
    let earlier = query("select 1")
    let commit = parse("b", "commit") + bind("b") + execute + sync
    #expect(watch.hostSent(earlier + commit + query("select 3"), decide: decide) == [.toServer(earlier + commit)])
    #expect(watch.hostSent(query("select 4"), decide: decide).isEmpty)
    #expect(watch.serverSent(row + ready) == [.toHost(row + ready)], "the answer to what came before is not touched")
    #expect(watch.serverSent(row).isEmpty)
    #expect(watch.serverSent(ready) == [.close])
  }

  @Test func `cut after, a statement is answered, and nothing follows it`() {
    let decide: (Statement) -> Cut? = { $0.text == "select 1" ? .after : nil }
    var watch = running(decide)
    #expect(watch.hostSent(query("select 1") + query("select 2"), decide: decide) == [.toServer(query("select 1"))])
    #expect(watch.serverSent(row) == [.toHost(row)])
    #expect(watch.serverSent(ready + row) == [.toHost(ready), .close])
  }

  @Test func `encryption is declined without asking, and a request to cancel goes through`() {
    var watch = SessionWatch(database: "payment")
    let encrypt = message(nil, [0x04, 0xd2, 0x16, 0x2f])
    #expect(watch.hostSent(encrypt, decide: { _ in nil }) == [.toHost([UInt8(ascii: "N")])])
    let cancel = message(nil, [0x04, 0xd2, 0x16, 0x2e, 0, 0, 0, 1, 0, 0, 0, 2])
    #expect(watch.hostSent(cancel, decide: { _ in .before }) == [.toServer(cancel)])
  }

  @Test func `a place is the same each time its transaction comes by, and in no other`() {
    var places: [UInt64] = []
    let decide: (Statement) -> Cut? = {
      places.append($0.place)
      return nil
    }
    var watch = running(decide)
    for text in ["begin", "insert", "commit", "begin", "insert", "insert", "commit", "begin", "insert", "commit"] {
      _ = watch.hostSent(query(text), decide: decide)
    }
    #expect(places[0...2] == places[7...9] && places[0...1] == places[3...4])
    #expect(Set(places).count == 5)
  }
}

private func message(_ type: Unicode.Scalar?, _ body: [UInt8]) -> [UInt8] {
  let length = body.count + 4
  let head = type.map { [UInt8(ascii: $0)] } ?? []
  return head + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } + body
}
