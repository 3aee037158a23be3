internal import FunctionKit
internal import HTTPServer
internal import Manifest

/// How a body may be written.
enum BodyForm {
  case json, jsonOrForm, anything

  init(_ endpoint: EndpointManifest) { self = endpoint.takesForm ? .jsonOrForm : .json }

  /// Why a body that says of itself what these headers do is not read; nil when it is.
  func refusal(_ headers: Headers) -> Problem? {
    switch self {
    case .anything: nil
    case .json: RequestParts.isJSON(headers) ? nil : Self.notJSON
    case .jsonOrForm: RequestParts.isJSON(headers) || RequestParts.isForm(headers) ? nil : Self.neither
    }
  }

  private static let notJSON = Problem(415, "unsupported_media_type", "Send the body as application/json.")
  private static let neither = Problem(
    415, "unsupported_media_type", "Send the body as application/json or application/x-www-form-urlencoded.")
}
