internal import FunctionKit
internal import Manifest

/// One function as it is called over HTTP.
struct Operation {
  let bundle: BundleManifest
  let function: FunctionManifest
  let method: String
  let path: [Route.Segment]
  /// Nil when nothing is known of its types.
  let shape: FunctionShape?
  let audience: Audience
  /// What the function stands for, when it is no function.
  var composition: CompositionManifest?

  var endpoint: EndpointManifest? {
    if case .endpoint(let endpoint) = function.trigger { endpoint } else { nil }
  }

  var webhook: WebhookManifest? {
    if case .webhook(let webhook) = function.trigger { webhook } else { nil }
  }

  /// The names of the path's parameters.
  var pathNames: [String] {
    path.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
  }

  var takesBody: Bool { ["POST", "PUT", "PATCH"].contains(method) }

  /// Fields that are not in the path: the body's, or the query's when there is none.
  var otherFields: [DescribedField] {
    guard case .fields(let fields) = shape?.input else { return [] }
    return fields.filter { !pathNames.contains($0.name) }
  }

  /// Whether a client may name the version that it changes; a POST does so only where it must.
  var looksAtVersion: Bool {
    guard let endpoint, method != "GET" else { return false }
    return endpoint.ifMatch == .required || method != "POST"
  }

  /// - Parameter names: what the path's parameters are called in the document.
  func object(_ names: [String: String]) -> JSON {
    var object: JSONObject = [
      "operationId": .string(audience == .service ? function.name : "\(bundle.name).\(function.name)"),
      "tags": [.string(bundle.name)], "summary": .string(words(function.name)), "description": .string(text),
    ]
    let parameters = parameters(names)
    if !parameters.isEmpty { object["parameters"] = .array(parameters) }
    if let body = requestBody { object["requestBody"] = body }
    object["responses"] = responses
    object["security"] = security
    return .object(object)
  }

  private var text: String {
    var sentences = [callers]
    if let body = endpoint?.bodyLimit ?? webhook?.bodyLimit, takesBody {
      sentences.append("Body: at most \(body) bytes.")
    }
    if let composition { sentences.append(composition.contents) }
    if endpoint != nil { sentences.append("Answers within \(seconds(composition?.timeout ?? function.timeout)) s.") }
    if !function.emits.isEmpty { sentences.append("May emit \(function.emits.joined(separator: ", ")).") }
    return sentences.joined(separator: " ")
  }
}

private func seconds(_ duration: Duration) -> String {
  let text = "\(Double(duration / .milliseconds(1)) / 1000)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// `LookupPostalCode` as `Lookup postal code`.
private func words(_ name: String) -> String {
  var words = ""
  for character in name {
    let isNext = character.isUppercase && !words.isEmpty && words.last?.isUppercase != true
    words += isNext ? " \(character.lowercased())" : "\(character)"
  }
  return words
}
