import ArgumentParser

do {
  do {
    var command = try Lakoo.parseAsRoot()
    try command.run()
  } catch  where Lakoo.exitCode(for: error) == .validationFailure {
    // What is typed wrongly ends as every other mistake in what the program is given does.
    try refusing { throw Refusal(Lakoo.fullMessage(for: error), exitCode: 2) }
  }
} catch {
  Lakoo.exit(withError: error)
}
