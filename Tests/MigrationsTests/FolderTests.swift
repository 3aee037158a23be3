import Migrations
import Testing

@Suite struct `A folder of migrations` {
  @Test func `is read in the order of its numbers`() throws {
    let folder = try Folder(["0002_second.sql": "select 2", "0001_first.sql": "select 1", "README.md": ""])
    #expect(try folder.load().map(\.fileName) == ["0001_first.sql", "0002_second.sql"])
  }

  @Test func `with wrong names is refused, all of them at once`() async throws {
    let folder = try Folder([
      "0001_a.sql": "", "0001_b.sql": "", "0004_c.sql": "", "5_d.sql": "", "0005_Upper.sql": "",
    ])
    let message = await refusal { _ = try folder.load() }
    #expect(
      message.split(separator: "\n").map { $0.dropFirst(folder.path.count + 1) } == [
        "0005_Upper.sql: the name must be like 0001_what_it_does.sql",
        "5_d.sql: the name must be like 0001_what_it_does.sql",
        "0001_b.sql: number 0001 is used twice",
        "0004_c.sql: number 0002 is missing before it",
      ])
  }

  @Test func `that is not there is refused`() async {
    #expect(
      await refusal { _ = try Migration.load(directory: "/nowhere") }
        == "/nowhere: the folder of migrations can't be read")
  }

  @Test func `may copy files, whose content counts for the checksum`() throws {
    let sql = "create table t (a text);\n\\copy t (a) from 'data/t.csv' csv header\n"
    let folder = try Folder(["0001_t.sql": sql, "data/t.csv": "a\nx\n"])
    let before = try folder.load().first?.checksum
    #expect(try folder.load().first?.checksum == before)
    try folder.write("data/t.csv", "a\ny\n")
    #expect(try folder.load().first?.checksum != before)
  }

  @Test func `says which line copies a file that is missing`() async throws {
    let folder = try Folder(["0001_t.sql": "select 1;\n\n  \\copy t from 'data/t.csv' csv\n"])
    #expect(await refusal { _ = try folder.load() } == "\(folder.path)/0001_t.sql:3: 'data/t.csv' can't be read")
  }

  @Test func `understands no other command of psql`() async throws {
    let folder = try Folder(["0001_t.sql": "select 1;\n\\i other.sql\n"])
    #expect(
      await refusal { _ = try folder.load() } == "\(folder.path)/0001_t.sql:2: of psql's commands only "
        + "\\copy table (columns) from 'file' csv header is understood")
  }

  @Test func `may have backslashes in strings, comments and function bodies`() throws {
    let sql =
      "select '\n\\copy a from ''b'' csv';\n/*\n\\i x */\ndo $$ begin\n\\x\nend $$;\n-- it's\nselect E'\\'\n\\i';"
    let folder = try Folder(["0001_t.sql": sql])
    #expect(try folder.load().count == 1)
  }
}
