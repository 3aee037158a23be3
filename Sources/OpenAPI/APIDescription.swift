public import FunctionKit
internal import Manifest

/// The OpenAPI 3.1 document of what is reached at one door.
public struct APIDescription {
  private let title: String
  private let version: String
  private let bundles: [DescribedBundle]
  private let audience: Audience

  /// - Parameter bundles: for a service, that one alone.
  public init(title: String, version: String, _ bundles: [DescribedBundle], for audience: Audience) {
    self.title = title
    self.version = version
    self.bundles = bundles.filter { audience == .service || !$0.manifest.isDevelopmentOnly }
    self.audience = audience
  }

  public var document: JSON {
    [
      "openapi": "3.1.1", "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
      "info": ["title": .string(title), "version": .string(version)], "servers": [["url": "/"]],
      "tags": .array(
        bundles.map { ["name": .string($0.manifest.name), "description": .string($0.manifest.summary)] } + [
          ["name": "host", "description": "What the host answers itself."]
        ]),
      "paths": paths, "components": components,
    ]
  }

  private var operations: [Operation] {
    bundles.flatMap { bundle in
      bundle.operations(for: audience) + (audience == .public ? bundle.compositions(among: bundles) : [])
    }
  }

  /// Routes that match the same paths are one entry, with the parameters' names of the first of them.
  private var paths: JSON {
    var paths = JSONObject()
    var templates: [[Route.Segment]: (text: String, names: [String])] = [:]
    for operation in operations {
      let shape = operation.path.map(\.shape)
      let template = templates[shape] ?? (operation.path.template, operation.pathNames)
      templates[shape] = template
      var methods = paths[template.text]?.object ?? JSONObject()
      let names = Dictionary(zip(operation.pathNames, template.names)) { first, _ in first }
      methods[operation.method.lowercased()] = methods[operation.method.lowercased()] ?? operation.object(names)
      paths[template.text] = .object(methods)
    }
    if paths["/health"]?["get"] == nil { paths["/health"] = HealthOperation.path }
    return .object(paths)
  }

  private var components: JSON {
    var schemas = JSONObject(ProblemComponents.schemas + [("Health", HealthOperation.schema)])
    for (name, schema) in operations.flatMap({ $0.shape?.definitions.members ?? [] }) { schemas[name] = schema }
    let proofs = operations.compactMap { operation in operation.deliveryProof.map { (operation.deliveryScheme, $0) } }
    return [
      "schemas": .object(schemas), "responses": .object(JSONObject(ProblemComponents.responses)),
      "headers": SharedComponents.headers,
      "securitySchemes": .object(JSONObject(SharedComponents.securitySchemes(audience) + proofs)),
    ]
  }
}

extension Route.Segment {
  /// The same for all parameters.
  fileprivate var shape: Route.Segment {
    if case .parameter = self { .parameter("") } else { self }
  }
}

extension [Route.Segment] {
  /// `/payments/{id}`
  fileprivate var template: String {
    "/"
      + map {
        if case .parameter(let name) = $0 { "{\(name)}" } else if case .literal(let text) = $0 { text } else { "" }
      }
      .joined(separator: "/")
  }
}
