import Deployment
import Foundation
import Testing

/// What is found of SQL in sources.
@Suite struct `The statements of a bundle` {
  @Test func `are the literals that begin with a verb of SQL, each with its line`() throws {
    let statements = try scan([
      "A.swift": #"""
      import FunctionKit
      // "select comment"
      /* "select 1" /* nested */ "select 2" */
      let text = "selection of things", other = "choose one", empty = "", short = "select"
      func f() {
        one("select a from t where id = \(id)")
        run("  UPDATE t set a = \(a + (b)), b = \(c)")
      }
      """#,
      "Store/B.swift": "call(\"lock table t\")",
    ])
    #expect(
      statements == [
        Found("A.swift", 6, "select a from t where id = $1"),
        Found("A.swift", 7, "  UPDATE t set a = $1, b = $2"),
        Found("Store/B.swift", 1, "lock table t"),
      ])
  }

  @Test func `have their own text: without indentation, and what escapes stand for`() throws {
    let quotes = #"""""#
    let source = """
      let a = \(quotes)
        select '\\"', "b\\u{E9}", \\(x)
          from t \\
        where a = 'it''s "quoted"'
        \(quotes)
      let b = #"select '\\d', \\#(x), "c" from t"#
      let c = #\(quotes)
        select \\(y), \\#(y)
        \(quotes)#
      """
    #expect(
      try scan(["A.swift": source]).map(\.sql) == [
        "select '\"', \"bé\", $1\n  from t where a = 'it''s \"quoted\"'",
        #"select '\d', $1, "c" from t"#, #"select \(y), $1"#,
      ])
  }

  @Test func `may have strings and brackets in their holes`() throws {
    let source = #"""
      a("select \(f("order:\(order) \")", (1))), \(g { /* ) */ ")" }) from t")
      b("delete from t where a = \(b ?? "x")")
      """#
    #expect(
      try scan(["A.swift": source]) == [
        Found("A.swift", 1, "select $1, $2 from t"), Found("A.swift", 2, "delete from t where a = $1"),
      ])
  }

  @Test func `have the pieces in place that they share`() throws {
    let statements = try scan([
      "Row.swift": #"""
      struct Row: Decodable {
        class func none() {}
        static let columns: SQL = "id, \(Inner.columns)"
        enum Inner { static let columns: SQL = "x.y" }
        static func find() { one("select \(columns) from r") }
        func other() { one("select \(Self.columns), \(id) from r") }
      }
      extension Row.Inner { func f() { one("select \(columns) from i") } }
      """#,
      "Use.swift": #"one("select \(id), \(Row.columns), \(Row.Inner.columns), \(row.columns) from r")"#,
    ])
    #expect(
      statements.map(\.sql) == [
        "select id, x.y from r", "select id, x.y, $1 from r", "select x.y from i",
        "select $1, id, x.y, x.y, $2 from r",
      ])
  }

  @Test func `are there with every piece that a function may give back`() throws {
    let source = #"""
      extension Row {
        func find() { one("select a from r where \(try Row.condition(id: (1), "x")) order by a, \(f(x) + g(x))") }
        private static func condition(_ id: Int?) throws -> SQL {
          guard let id else { throw Problem("no id", name: "id") }
          if id == 0 { return "id is null" }
          switch id {
          case 1: "id = \(id)"
          default:
            """
            b = \(feed())
            """
          }
        }
        static func feed() -> SQL { isNew ? "c" : "d" }
        func text() -> String { "select \(Row.other())" }
        func other() -> SQL { "one" }
        func other(_ two: Int) -> SQL { "two" }
      }
      """#
    let wheres = [
      "id is null order by a, $1", "id = $1 order by a, $2", "b = c order by a, $1", "b = d order by a, $1",
    ]
    #expect(
      try scan(["A.swift": source]).map(\.sql) == wheres.map { "select a from r where \($0)" } + ["select $1"])
  }

  @Test func `take a piece for a value that is declared twice, or refers to itself`() throws {
    let source = #"""
      enum A { static let c: SQL = "a" }
      extension A { static let c: SQL = "b" }
      enum B { static let c: SQL = "\(B.c)" }
      let statements = ["select \(A.c)", "select \(B.c)"]
      """#
    #expect(try scan(["A.swift": source]).map(\.sql) == ["select $1", "select $1"])
  }

  @Test func `end where a source ends too soon`() throws {
    let sources = ["\"select 1", "\"\"\"\nselect 1", "\"select \\(", "x(\"\\u{"]
    for source in sources { #expect(try scan(["A.swift": source]) == []) }
  }

  private struct Found: Equatable {
    let file: String
    let line: Int
    let sql: String

    init(_ file: String, _ line: Int, _ sql: String) { (self.file, self.line, self.sql) = (file, line, sql) }
  }

  private func scan(_ sources: [String: String]) throws -> [Found] {
    let root = "/tmp/lakoo-statements-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    try FileManager.default.createDirectory(atPath: "\(root)/Store", withIntermediateDirectories: true)
    for (name, text) in sources { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(root)/\(name)")) }
    return try scanStatements(directory: root).map { Found(String($0.file.dropFirst(root.count + 1)), $0.line, $0.sql) }
  }
}
