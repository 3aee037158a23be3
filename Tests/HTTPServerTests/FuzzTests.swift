import Testing

@Suite struct `Whatever bytes come` {
  private static let words = [
    "GET ", "POST ", "HEAD ", "OPTIONS ", "/", "/later", "/stream?1", "*", "http://h/", " HTTP/1.1\r\n",
    " HTTP/1.0\r\n",
    "Host: h\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "X: \r\n",
    "\r\n",
    "\r\n\r\n", "3\r\nabc\r\n", "0\r\n\r\n", "abc", "Expect: 100-continue\r\n", "\n", "\r", ":", " ", "\t",
    "Upgrade: h2c\r\n",
    "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
  ]

  @Test(arguments: 0..<4) func `the server survives and still answers`(seed: Int) throws {
    let server = try TestServer()
    defer { server.stop() }
    var dice = Dice(state: UInt64(seed))
    for round in 0..<5500 {
      let client = Client(server, unix: true)
      client.send(round % 2 == 0 ? noise(&dice) : sentence(&dice))
      client.endSending()
      _ = client.readToEnd()
      if client.end != .orderly { Issue.record("round \(round) ended \(String(describing: client.end))") }
    }
    #expect(eventually { server.openConnections == 0 })
    #expect(Client(server).get("/")?.status == 200)
  }

  private func noise(_ dice: inout Dice) -> [UInt8] {
    (0..<Int.random(in: 1...60, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice) }
  }

  private func sentence(_ dice: inout Dice) -> [UInt8] {
    var bytes = (0..<Int.random(in: 1...9, using: &dice)).flatMap { _ in
      Array(Self.words.randomElement(using: &dice)!.utf8)
    }
    if Bool.random(using: &dice) {
      bytes[Int.random(in: bytes.indices, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
    }
    return bytes
  }
}
