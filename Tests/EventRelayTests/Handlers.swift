import FunctionKit

struct Broken: Error {}

/// Puts down that a function ran, then does what the test has ordered for the thing.
private func act(_ input: ThingChanged, _ function: String, _ db: Database, _ context: Context) async throws {
  try await db.run(record(input, function, context))
  try await obey(input.thing, db)
}

private func record(_ input: ThingChanged, _ function: String, _ context: Context) -> SQL {
  """
  insert into effect (function, thing, number, event)
  values (\(function), \(input.thing), \(input.number), \(context.event?.id))
  """
}

/// `wait` lasts until the test lifts it.
private func obey(_ thing: String, _ db: Database) async throws {
  while let order: String = try await db.first("select what from conduct where thing = \(thing)") {
    switch order {
    case "throw": throw Broken()
    case "trap": fatalError("it was told to")
    case "refuse": throw Problem(409, "refused", "It can't be done.")
    case "garble": throw Problem(409, "refused", "There is no \0 here.")
    case "wait": try await db.run("select pg_sleep(0.01)")
    case "clash":
      // Nobody notices before the commit.
      for _ in 1...2 { try await db.run("insert into single values (\(thing))") }
      return
    case "quarrel":
      // It goes on as if nothing had happened, but its transaction can't.
      do { try await db.run("insert into conduct values (\(thing), 'twice')") } catch {}
      return
    default: return
    }
  }
}

struct Note: EventHandler {
  func handle(_ input: ThingChanged, context: Context) async throws {
    try await act(input, "Note", context.db, context)
    try await context.emit(ThingNoted(thing: input.thing))
  }
}

struct Count: EventHandler {
  func handle(_ input: ThingChanged, context: Context) async throws {
    try await context.db.run(record(input, "Count", context))
  }
}

struct Ponder: EventHandler {
  func handle(_ input: ThingChanged, context: Context) async throws {
    try await act(input, "Ponder", context.db, context)
  }
}

/// Talks to somebody before it opens its transaction.
struct Ring: EventHandler {
  func handle(_ input: ThingChanged, context: Context) async throws {
    try await obey(input.thing, context.db)
    try await context.transaction { transaction in
      _ = try await transaction.db.run(record(input, "Ring", context))
    }
  }
}
