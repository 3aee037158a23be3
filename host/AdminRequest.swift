import FunctionKit

/// One request to the admin port of a host that runs.
struct AdminRequest {
  let method: String
  let path: String
  private(set) var body: [UInt8] = []
  private(set) var contentType: String?
  private(set) var timeout = Duration.seconds(30)

  init(_ method: String, _ path: String, json: JSON? = nil) {
    self.method = method
    self.path = path
    guard let json else { return }
    body = json.serialized()
    contentType = "application/json"
  }

  /// A file, as it is.
  static func upload(_ file: [UInt8], to path: String) -> AdminRequest {
    var request = deployment("POST", path)
    request.body = file
    request.contentType = "application/octet-stream"
    return request
  }

  /// What changes a deployment takes as long as its migrations do.
  static func deployment(_ method: String, _ path: String, json: JSON? = nil) -> AdminRequest {
    var request = AdminRequest(method, path, json: json)
    request.timeout = .seconds(15 * 60)
    return request
  }
}
