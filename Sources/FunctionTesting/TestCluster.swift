internal import EventLoop
internal import LocalPostgres
internal import LoopTesting
internal import Migrations
internal import Postgres
internal import Runtime

/// One PostgreSQL for all tests of a process, on a loop of its own, ended with the process.
///
/// Each bundle's schema is built once, in a template; a test's database is a copy of it.
package actor TestCluster {
  package static let shared = TestCluster()

  private var started: Task<LocalPostgres, any Error>?
  private var templates: [String: Task<String, any Error>] = [:]
  private var copies = 0
  /// Databases are copied one after the other: many at once make the disk so busy that connecting takes too long.
  private var turn: Task<Void, any Error>?

  /// A new database with a bundle's schema. Returns its connection string.
  func makeDatabase(_ bundle: String, migrations: String) async throws -> String {
    let local = try await start()
    let template = try await template(bundle, migrations, local)
    copies += 1
    let name = "\(bundle.replacing("-", with: "_"))_\(copies)"
    let before = turn
    let task = Task {
      _ = await before?.result
      try await withLoop { loop in
        let connection = try await AdminConnection(loop, connectionString: local.connectionString(database: "postgres"))
        defer { connection.close() }
        try await connection.execute(script: "create database \(name) template \(template)")
      }
    }
    turn = task
    try await task.value
    return local.connectionString(database: name)
  }

  /// The server, for tests that make databases of their own.
  package func server() async throws -> TestServer {
    TestServer(socketDirectory: try await start().socketDirectory)
  }

  private func template(_ bundle: String, _ migrations: String, _ local: LocalPostgres) async throws -> String {
    if let known = templates[bundle] { return try await known.value }
    let name = "template_\(bundle.replacing("-", with: "_"))"
    let task = Task {
      try await withLoop { loop in
        let target = local.connectionString(database: name)
        try await AdminConnection.createDatabaseIfMissing(loop, connectionString: target)
        let connection = try await AdminConnection(loop, connectionString: target)
        defer { connection.close() }
        try await Migrator(connection).migrate(bundle: "lakoo", PlatformSchema.migrations)
        try await Migrator(connection).migrate(bundle: bundle, Migration.load(directory: migrations))
      }
      return name
    }
    templates[bundle] = task
    return try await task.value
  }

  private func start() async throws -> LocalPostgres {
    if let started { return try await started.value }
    let task = Task { try await TestCluster.launch() }
    started = task
    return try await task.value
  }

  /// Starts the server on a thread that lives as long as the process.
  private static func launch() async throws -> LocalPostgres {
    let directory = Leftovers.makeDirectory()
    let local = LocalPostgres(stateDirectory: directory)
    let loop = try EventLoop()
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      Thread {
        Task(executorPreference: loop) {
          do {
            try await local.start(on: loop)
            continuation.resume()
          } catch { continuation.resume(throwing: error) }
        }
        loop.run()
      }.start()
    }
    Leftovers.endWithProcess(server: local.processID, directory: directory)
    return local
  }
}

/// How a test cluster's server is reached.
package struct TestServer: Sendable {
  package let socketDirectory: String
  /// The name that PostgreSQL gives its socket in a directory.
  package static let socketName = ".s.PGSQL.5432"

  package var socket: String { "\(socketDirectory)/\(TestServer.socketName)" }

  /// A connection string.
  /// - Parameter directory: where the socket is: the server's own, or one of somebody in between.
  package func address(of database: String, in directory: String) -> String {
    "host=\(directory) port=5432 dbname=\(database) user=postgres"
  }
}
