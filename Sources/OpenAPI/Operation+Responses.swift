internal import FunctionKit
internal import Manifest

extension Operation {
  var responses: JSON {
    var responses = JSONObject()
    for answer in answers { add(answer, to: &responses) }
    if method == "GET", hasVersion, responses["200"] != nil {
      responses["304"] = [
        "description": "The client has this version already.", "headers": ["ETag": reference("headers", "ETag")],
      ]
    }
    for status in problems { addProblem(status, "Problem\(status)", to: &responses) }
    addProblem("default", "Problem", to: &responses)
    return .object(responses)
  }

  /// A function may have answers of its own under the same status, or under any.
  private func addProblem(_ status: String, _ name: String, to responses: inout JSONObject) {
    guard var own = (responses[status] ?? responses["default"])?.object else {
      responses[status] = reference("responses", name)
      return
    }
    var content = own["content"]?.object ?? JSONObject()
    content["application/problem+json"] = ["schema": reference("schemas", "Problem")]
    own["content"] = .object(content)
    responses[status] = .object(own)
  }

  private var answers: [AnswerShape] {
    guard webhook == nil else { return [Operation.receipt] }
    return shape?.answers ?? [AnswerShape("default", "*/*")]
  }

  /// What a delivery is answered with before the function runs.
  private static let receipt = AnswerShape(
    "200", "application/json",
    [
      "type": "object", "properties": ["received": ["const": true], "duplicate": ["const": true]],
      "required": ["received"],
    ])

  /// A function that only reads answers 200.
  private func add(_ answer: AnswerShape, to responses: inout JSONObject) {
    let status = answer.status == "2XX" && method == "GET" ? "200" : answer.status
    var response: JSONObject = [
      "description": .string(Operation.meaning(of: status)), "headers": .object(headers(answer)),
    ]
    if let type = answer.contentType {
      var content = responses[status]?["content"]?.object ?? JSONObject()
      content[type] = ["schema": answer.schema]
      response["content"] = .object(content)
    }
    responses[status] = .object(response)
  }

  private static func meaning(of status: String) -> String {
    switch status.first {
    case "2": "Success."
    case "3": "It goes on elsewhere."
    case "d": "Any answer."
    default: "A refusal."
    }
  }

  private func headers(_ answer: AnswerShape) -> JSONObject {
    var names = ["X-Request-Id"]
    if endpoint != nil { names.append("traceparent") }
    if answer.hasVersion { names.append("ETag") }
    if let endpoint, endpoint.idempotency != .none { names.append("Idempotency-Replayed") }
    return JSONObject(names.map { ($0, reference("headers", $0)) })
  }

  /// The statuses of the refusals that the host itself makes, and of those that functions usually do.
  private var problems: [String] {
    let may: [(String, Bool)] = [
      ("400", true), ("401", endpoint?.access != [.public]), ("403", asksForRole),
      ("404", !pathNames.isEmpty || endpoint?.access.contains(.owner) == true),
      ("409", endpoint != nil && method != "GET"), ("412", looksAtVersion), ("413", takesBody),
      ("415", takesBody && endpoint != nil), ("422", !isWithoutInput),
      ("428", looksAtVersion && endpoint?.ifMatch == .required), ("429", audience == .public), ("500", true),
      ("503", true), ("504", endpoint != nil),
    ]
    return may.filter(\.1).map(\.0)
  }

  private var isWithoutInput: Bool {
    guard case .fields(let fields) = shape?.input else { return false }
    return fields.isEmpty
  }

  private var asksForRole: Bool {
    endpoint?.access.contains { if case .role = $0 { true } else { false } } ?? false
  }
}

func reference(_ kind: String, _ name: String) -> JSON { ["$ref": .string("#/components/\(kind)/\(name)")] }
