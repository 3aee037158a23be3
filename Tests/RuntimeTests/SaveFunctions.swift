import FunctionKit
import PlatformTesting

struct Save: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    return input.id
  }
}

struct SaveAndFail: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    throw Mishap()
  }
}

struct SaveAndRefuse: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    throw Problem(409, "invalid_state", "No.")
  }
}

/// Breaks a rule that PostgreSQL looks at only when the transaction commits.
struct SaveOrphan: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into line values (\(input.id))")
    return input.id
  }
}

/// Swallows the error of a statement, and with it the reason why nothing can be committed.
struct SaveTwice: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    do { try await context.db.run("insert into note values (\(input.id))") } catch {}
    return input.id
  }
}

struct SaveSideBySide: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> Int {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<5 {
        group.addTask { try await context.db.run("insert into note values (\("side \(number)"))") }
      }
      return try await group.reduce(0, +)
    }
  }
}

struct SaveWhileReading: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    return input.id
  }
}

struct SaveByItself: Endpoint {
  func handle(_ input: NoteInput, context: Context) async throws -> String {
    try await context.db.run("insert into note values (\(input.id))")
    return input.id
  }
}

let saveTill = BundleSource(
  "till",
  """
  endpoints:
    Save:             { route: POST /save, access: public }
    SaveAndFail:      { route: POST /save-and-fail, access: public }
    SaveAndRefuse:    { route: POST /save-and-refuse, access: public }
    SaveOrphan:       { route: POST /save-orphan, access: public }
    SaveTwice:        { route: POST /save-twice, access: public }
    SaveSideBySide:   { route: POST /save-side-by-side, access: public }
    SaveWhileReading: { route: GET /save, access: public }
    SaveByItself:     { route: POST /save-by-itself, access: public, transaction: none }
  """,
  [
    .endpoint(Save.self), .endpoint(SaveAndFail.self), .endpoint(SaveAndRefuse.self), .endpoint(SaveOrphan.self),
    .endpoint(SaveTwice.self), .endpoint(SaveSideBySide.self), .endpoint(SaveWhileReading.self),
    .endpoint(SaveByItself.self),
  ])
