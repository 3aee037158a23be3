import EventLoop
import FunctionKit
import Postgres
import PostgresTesting
import Testing

@Suite struct `Reading` {
  @Test func `values of every type come back as they went`() async throws {
    struct Values: Codable, Equatable {
      enum Status: String, Codable, SQLValue { case open, paid }
      struct Note: Codable, Equatable { var text: String }
      var smallest: Int, largest: Int
      var text: String, empty: String
      var nothing: String?
      var yes: Bool
      var id: ID
      var words: [String]
      var status: Status
      var note: Note
      var time: Instant
    }
    try await withPool { pool in
      let id = ID(at: Instant(microseconds: 1_700_000_000_123_000), random: (1, 2))
      let values = Values(
        smallest: .min, largest: .max, text: "it's \"quoted\" \\ ünïcode 🛒\n", empty: "", nothing: nil, yes: true,
        id: id, words: ["a,b", "c \"d\"", ""], status: .paid, note: .init(text: "ü"),
        time: Instant(microseconds: 1_700_000_000_123_456))
      let row = try await pool.read(
        """
        select \(values.smallest)::int8 smallest, \(values.largest)::int8 largest, \(values.text)::text as text,
          \(values.empty)::text as empty, \(values.nothing)::text nothing, \(values.yes)::bool yes, \(id)::uuid id,
          \(values.words)::text[] words, \(values.status)::text status, \(try AsJSON(values.note))::jsonb note,
          \(values.time)::timestamptz as time
        """
      ).rows.first
      #expect(try row?.decode(Values.self) == values)
    }
  }

  @Test func `bytes come back as they went`() async throws {
    struct Blob: Decodable { var blob: Bytes }
    try await withPool { pool in
      let bytes = Bytes([0, 255, 39, 92, 10])
      let row = try await pool.read("select \(bytes)::bytea as blob").rows.first
      #expect(try row?.decode(Blob.self).blob == bytes)
    }
  }

  @Test func `a zero byte in text is refused rather than cut off`() async throws {
    try await withPool { pool in
      #expect(await sqlState { _ = try await pool.read("select \("a\0b")::text") } == "22021")
    }
  }

  @Test func `a thousand reads share two connections`() async throws {
    try await withPool { pool in
      let sum = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 1...1000 { group.addTask { try await pool.one("select \(number)::int") } }
        return try await group.reduce(0, +)
      }
      #expect(sum == 500_500)
      #expect(pool.counters.open <= 2)
    }
  }

  @Test func `values larger than any buffer go both ways at once`() async throws {
    try await withPool { pool in
      let sizes = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 1...8 {
          group.addTask {
            let text = String(repeating: "ä\(number)", count: 1_000_000)
            let back: String = try await pool.one("select \(text)::text", as: String.self)
            return back == text ? back.utf8.count : 0
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(sizes == Array(repeating: 3_000_000, count: 8))
    }
  }

  @Test func `a pool that is dropped leaves no session behind`() async throws {
    let address = try await TestServer.shared.connectionString("dropped_pool")
    try await withPool("dropped_pool") { pool in
      do {
        var options = PoolOptions()
        options.applicationName = "dropped"
        let dropped = PostgresPool(pool.loop, connectionString: address, options: options)
        _ = try await dropped.read("select 1")
        _ = try await dropped.write("select 1")
      }
      try await eventually(pool.loop) {
        try await pool.one("select count(*) = 0 from pg_stat_activity where application_name = 'dropped'")
      }
    }
  }

  @Test func `an error leaves the statements beside it alone`() async throws {
    try await withPool { pool in
      let outcomes = await withTaskGroup(of: String?.self) { group in
        for number in 0..<100 {
          group.addTask { await sqlState { _ = try await pool.read("select 10 / \(number % 10)::int") } }
        }
        return await group.reduce(into: [:]) { $0[$1 ?? "fine", default: 0] += 1 }
      }
      #expect(outcomes == ["fine": 90, "22012": 10])
    }
  }

  @Test func `a statement that does not parse is refused every time`() async throws {
    try await withPool { pool async throws in
      for _ in 0..<3 { #expect(await sqlState { _ = try await pool.read("selec 1") } == "42601") }
      #expect(try await pool.one("select 1") == 1)
    }
  }

  @Test func `more statements than the cache holds still work`() async throws {
    try await withPool { pool in
      for round in 0..<2 {
        for number in 0..<450 {
          let sql = SQL(stringLiteral: "select \(number) + \(round)")
          #expect(try await pool.one(sql) == number + round)
        }
      }
      let prepared: Int = try await pool.one("select count(*) from pg_prepared_statements")
      #expect(prepared <= 201)
    }
  }

  @Test func `a reader can't write`() async throws {
    try await withPool { pool in
      try await pool.table("readonly", "id int")
      #expect(await sqlState { _ = try await pool.read("insert into readonly values (1)") } == "25006")
    }
  }

  @Test func `a statement that leaves a transaction open costs its connection, nothing else`() async throws {
    try await withPool("left_open") { pool in
      _ = try await pool.read("begin")
      try await eventually(pool.loop) {
        try await pool.one(
          """
          select count(*) = 0 from pg_stat_activity
          where datname = current_database() and state like 'idle in transaction%'
          """)
      }
    }
  }

  @Test func `a statement is prepared anew when its table changes`() async throws {
    try await withPool { pool in
      try await pool.table("changing", "a int")
      _ = try await pool.write("insert into changing values (1)")
      for _ in 0..<4 { _ = try await pool.read("select * from changing") }
      _ = try await pool.write("alter table changing add b int default 2")
      let row = try await pool.read("select * from changing").rows.first
      #expect(row?.shape.columns.map(\.name) == ["a", "b"])
    }
  }

  @Test func `sessions speak UTC and ISO`() async throws {
    try await withPool { pool async throws in
      #expect(try await pool.one("select '2024-06-01 12:00+07'::timestamptz::text") == "2024-06-01 05:00:00+00")
      #expect(try await pool.one("show application_name") == "lakoo")
    }
  }
}
