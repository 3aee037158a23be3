import EventLoop
import FaultTesting
import Foundation
import FunctionKit
import HTTPServer
import LoopTesting

/// An admin port that answers as it is told and remembers what it was asked.
final class FakeAdmin: Sendable {
  /// A request, without what all have in common.
  struct Asked: Equatable {
    var what: String
    var body: String
    var type: String?

    init(_ what: String, _ body: String = "", type: String? = nil) {
      self.what = what
      self.body = body
      self.type = type
    }
  }

  /// For paths and files in a test.
  let folder = "/tmp/lakoo-deploy-\(UUID().uuidString)"
  private let loop: EventLoop
  private let state: LoopLocal<State>

  private struct State {
    var server: HTTPServer?
    var port = 0
    var asked: [Asked] = []
    var tokens: Set<String> = []
  }

  /// - Parameter answers: what is under `data` in the answer to `GET /releases`, or the whole problem when it has a status.
  init(_ loop: EventLoop, _ answers: [String: String]) throws {
    self.loop = loop
    state = LoopLocal(loop, State())
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let server = HTTPServer(loop) { [weak self] request, responder in
      let what = "\(request.method) \(request.head.target)"
      self?.note(what, request)
      responder.respond(Self.response(answers[what]))
    }
    if case .tcp(_, let port) = try server.listen(on: .tcp(host: "127.0.0.1", port: 0)) { state.value.port = port }
    state.value.server = server
  }

  private static func response(_ answer: String?) -> Response {
    guard let answer else { return Response(status: 404) }
    let status = (try? JSON.parse(Array(answer.utf8)))?["status"]?.int
    return .json(status: status ?? 200, Array((status == nil ? #"{"data":\#(answer)}"# : answer).utf8))
  }

  private func note(_ what: String, _ request: Request) {
    let body = String(decoding: request.body, as: UTF8.self)
    state.value.asked.append(Asked(what, body, type: request.headers.first("content-type")))
    state.value.tokens.insert(request.headers.first("authorization") ?? "none")
  }

  var asked: [Asked] { state.value.asked }
  var tokens: Set<String> { state.value.tokens }
  var url: String { "http://127.0.0.1:\(state.value.port)" }

  func save(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    return "\(folder)/\(name)"
  }

  /// Runs the built program outside of any project, to its end.
  func lakoo(_ arguments: [String], to url: String? = nil, token: String? = nil) async throws -> CommandOutcome {
    var options = ChildProcess.Options(
      executable: RunningHost.buildDirectory + "/lakoo", arguments: arguments + ["--to", url ?? self.url])
    options.directory = "/"
    let own = ["LAKOO_ADMIN_TOKEN": token ?? "a-token-of-this-test-0123456789-0123"]
    options.environment = ProcessInfo.processInfo.environment.merging(own) { $1 }.map { "\($0)=\($1)" }
    let (status, output) = try await ChildProcess.run(options, on: loop)
    return CommandOutcome(Int32(status), output)
  }

  func close() async {
    await state.value.server?.drain(within: .zero)
    try? FileManager.default.removeItem(atPath: folder)
  }
}

func withAdmin(
  _ answers: [String: String], _ body: @escaping @Sendable (FakeAdmin) async throws -> Void
) async throws {
  try await withLoop { loop in
    let admin = try FakeAdmin(loop, answers)
    do { try await body(admin) } catch {
      await admin.close()
      throw error
    }
    await admin.close()
  }
}
