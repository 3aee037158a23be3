internal import EventLoop
private import FoundationEssentials
private import Glibc
internal import LocalPostgres
internal import LoopTesting
private import Synchronization

/// The one server that all tests of a process share, ended with the process.
public struct TestServer: Sendable {
  private let postgres: LocalPostgres

  /// Started by whoever asks first.
  public static var shared: TestServer { get async throws { try await starting.value } }

  public func connectionString(_ database: String = "postgres") -> String {
    postgres.connectionString(database: database)
  }

  private static let starting = Task { try await start() }
  private static let leftover = Mutex<(directory: String, loop: EventLoop, postgres: LocalPostgres)?>(nil)

  private static let isStopped = Atomic(false)

  private static func start() async throws -> TestServer {
    let directory = "/tmp/lakoo-pg-\(getpid())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let postgres = LocalPostgres(stateDirectory: directory) { print($0) }
    let loop = try EventLoop()
    leftover.withLock { $0 = (directory, loop, postgres) }
    atexit { TestServer.end() }
    LoopTesting.Thread { loop.run() }.start()
    try await Task(executorPreference: loop) { try await postgres.start(on: loop) }.value
    return TestServer(postgres: postgres)
  }

  private static func end() {
    guard let leftover = leftover.withLock({ $0 }) else { return }
    Task(executorPreference: leftover.loop) {
      await leftover.postgres.stop()
      isStopped.store(true, ordering: .releasing)
    }
    // Nothing here is worth a checkpoint: once it is known that the end is wanted, it may be an abrupt one.
    usleep(20_000)
    let server = leftover.postgres.processID
    if server > 0 { kill(server, SIGQUIT) }
    for _ in 0..<500 where !isStopped.load(ordering: .acquiring) { usleep(10_000) }
    do { try FileManager.default.removeItem(atPath: leftover.directory) } catch { print(error) }
  }
}
