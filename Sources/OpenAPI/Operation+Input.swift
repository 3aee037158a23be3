internal import FunctionKit
internal import Manifest

extension Operation {
  func parameters(_ names: [String: String]) -> [JSON] {
    pathNames.map { pathParameter($0, names[$0] ?? $0) } + queryParameters + headerParameters
  }

  private func pathParameter(_ name: String, _ shown: String) -> JSON {
    var schema: JSONObject = ["type": "string"]
    if case .fields(let fields) = shape?.input, let field = fields.first(where: { $0.name == name }) {
      schema = field.schema.object ?? [:]
    }
    // An empty segment is another path.
    if schema["type"] == "string", schema["format"] == nil, schema["pattern"] == nil, schema["enum"] == nil {
      schema["pattern"] = "^[^\\u0000]+$"
    }
    return ["name": .string(shown), "in": "path", "required": true, "schema": .object(schema)]
  }

  private var queryParameters: [JSON] {
    guard !takesBody else { return [] }
    return otherFields.map { field in
      ["name": .string(field.name), "in": "query", "required": .bool(!field.isOptional), "schema": inURL(field.schema)]
    }
  }

  /// What stands in a URL holds no zero byte, whatever a function would make of it.
  private func inURL(_ schema: JSON) -> JSON {
    if schema == String.jsonSchema { return ["type": "string", "pattern": "^[^\\u0000]*$"] }
    guard var list = schema.object, let items = list["items"] else { return schema }
    list["items"] = inURL(items)
    return .object(list)
  }

  private var headerParameters: [JSON] {
    guard let endpoint else { return [] }
    var headers: [JSON] = []
    if endpoint.idempotency != .none {
      headers.append(
        header(
          "Idempotency-Key", isRequired: endpoint.idempotency == .required,
          "A new one for each new request; a repeat under the same key gets the first answer again, for 24 hours.",
          ["type": "string", "pattern": "^[ -~]{1,255}$"]))
    }
    if looksAtVersion {
      headers.append(
        header(
          "If-Match", isRequired: endpoint.ifMatch == .required,
          "The ETag of the version that is to be changed, or * for whatever there is.",
          ["type": "string", "pattern": #"^("(0|[1-9][0-9]{0,17})"|\*)$"#]))
    }
    if method == "GET", hasVersion {
      headers.append(
        header(
          "If-None-Match", isRequired: false, "The ETag of what the client has: 304 when that is still so.",
          ["type": "string"]))
    }
    return headers
  }

  private func header(_ name: String, isRequired: Bool, _ description: String, _ schema: JSON) -> JSON {
    [
      "name": .string(name), "in": "header", "required": .bool(isRequired), "description": .string(description),
      "schema": schema,
    ]
  }

  var hasVersion: Bool { shape?.answers.contains(where: \.hasVersion) ?? true }

  var requestBody: JSON? {
    guard takesBody, let schema = bodySchema else { return nil }
    let isRequired = schema["properties"] == nil || schema["required"] != nil
    var content: JSONObject = ["application/json": ["schema": schema]]
    if endpoint?.takesForm == true { content["application/x-www-form-urlencoded"] = ["schema": schema] }
    return ["required": .bool(isRequired), "content": .object(content)]
  }

  private var bodySchema: JSON? {
    switch shape?.input {
    case .fields where otherFields.isEmpty: nil
    case .fields: otherFields.whenRead
    case .body(let schema): schema
    case nil: [:]
    }
  }
}
