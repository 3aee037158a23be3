import EventLoop
import FunctionKit
import HTTPClient
import Manifest
import Synchronization

/// Talks to the admin port of a host that runs.
struct AdminClient {
  let url: String
  private let token: String

  /// - Throws: ``Refusal`` for settings that make no sense.
  init(_ options: HostOptions) throws {
    let settings = try Settings.read(root: options.project.root)
    token = try Secrets(settings, needed: ["LAKOO_ADMIN_TOKEN"], verifying: []).values["LAKOO_ADMIN_TOKEN"] ?? ""
    url = try options.url.map(AdminClient.checked) ?? AdminClient.url(settings)
  }

  private static func checked(_ url: String) throws -> String {
    guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
      throw Refusal("'\(url)' is no URL; give the admin port's, such as http://127.0.0.1:9090", exitCode: 2)
    }
    return url.hasSuffix("/") ? String(url.dropLast()) : url
  }

  /// The port of `manifests/host.yaml`, moved as the host itself moves it.
  private static func url(_ settings: Settings) throws -> String {
    let host: HostManifest
    do { host = try loadManifests(directory: "\(settings.root)/manifests").host } catch {
      throw Refusal("\(error); say where the project is with --root, or where the host is with --url", exitCode: 2)
    }
    let address = ["0.0.0.0": "127.0.0.1", "::": "::1"][settings.address] ?? settings.address
    let port = host.adminPort + settings.portBase
    return "http://\(address.contains(":") ? "[\(address)]" : address):\(port)"
  }

  func data(_ method: String, _ path: String, body: JSON? = nil) throws -> JSON {
    try data(AdminRequest(method, path, json: body))
  }

  /// Sends one request and waits for what is under `data` in its answer.
  /// - Throws: ``Refusal`` that says what the host refused, or that there is none.
  func data(_ request: AdminRequest) throws -> JSON {
    let response = try send(request)
    let json = (try? JSON.parse(response.body)) ?? .null
    guard (200...299).contains(response.status) else { throw refusal(response.status, json) }
    return json["data"] ?? json
  }

  private func refusal(_ status: Int, _ json: JSON) -> Refusal {
    if status == 401 {
      return Refusal("\(url) refuses the token; set LAKOO_ADMIN_TOKEN to the one that the host has", exitCode: 1)
    }
    let fields = json["details"]?.array?.map { "\n\($0["field"]?.string ?? ""): \($0["message"]?.string ?? "")" }
    let detail = json["detail"]?.string ?? "\(url) answers \(status); is it the admin port of a Lakoo host?"
    return Refusal(detail + (fields ?? []).joined(), exitCode: 1)
  }

  private func send(_ request: AdminRequest) throws -> HTTPResponse {
    let loop = try EventLoop()
    let result = Mutex<Result<HTTPResponse, any Error>?>(nil)
    let request = http(request)
    Task(executorPreference: loop) {
      let answer = await AdminClient.answer(request, on: loop)
      result.withLock { $0 = answer }
      loop.stop()
    }
    loop.run()
    do {
      guard let response = try result.withLock({ try $0?.get() }) else { throw Refusal("no answer", exitCode: 1) }
      return response
    } catch let error as HTTPClientError {
      throw unanswered(request, error)
    }
  }

  private func http(_ request: AdminRequest) -> HTTPRequest {
    let headers = [("authorization", "Bearer \(token)")] + (request.contentType.map { [("content-type", $0)] } ?? [])
    return HTTPRequest(
      method: request.method, url: url + request.path, headers: headers, body: request.body, timeout: request.timeout)
  }

  private func unanswered(_ request: HTTPRequest, _ error: HTTPClientError) -> Refusal {
    if error.code == .connectFailed {
      return Refusal(
        "no host answers at \(url); start it with 'lakoo run', or say where it is with --url", exitCode: 1)
    }
    guard request.method != "GET", error.mayHaveArrived else { return Refusal("\(error)", exitCode: 1) }
    return Refusal(
      "\(error); the host may have done it all the same, so look before you ask again, with 'lakoo deployment show'",
      exitCode: 1)
  }

  private static func answer(_ request: HTTPRequest, on loop: EventLoop) async -> Result<HTTPResponse, any Error> {
    do {
      let client = try HTTPClient(loop: loop, allowedOrigins: nil)
      defer { client.close() }
      return .success(try await client.send(request))
    } catch {
      return .failure(error)
    }
  }
}
