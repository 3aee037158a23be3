internal import FunctionKit
internal import Manifest

extension DescribedBundle {
  /// What the gateway puts together of functions' answers, in the manifest's order.
  func compositions(among bundles: [DescribedBundle]) -> [Operation] {
    manifest.compositions.map { composition in
      let parts = composition.parts.map { DescribedPart($0, among: bundles) }
      let access = composition.access(in: bundles.map(\.manifest)).filter { $0 != [.public] }
      // Whoever lacks one of them is refused.
      let rules = access.isEmpty ? [Access.public] : Set(access).count == 1 ? access[0] : [.user]
      return Operation(
        bundle: manifest, function: composition.function(access: rules), method: "GET",
        path: composition.route.segments, shape: FunctionShape(composition, parts), audience: .public,
        composition: composition)
    }
  }
}

extension CompositionManifest {
  /// For people.
  var contents: String {
    let list = parts.map { "\($0.name), as \($0.path.text) of \($0.bundle) has it\($0.isOptional ? ", or null" : "")" }
    return "Put together from \(list.joined(separator: "; "))."
  }
}

/// A part with what its function's types tell.
struct DescribedPart {
  let manifest: PartManifest
  let shape: FunctionShape?
  private let route: Route?

  init(_ manifest: PartManifest, among bundles: [DescribedBundle]) {
    self.manifest = manifest
    let function = manifest.function(in: bundles.map(\.manifest))
    shape = function.flatMap { function in bundles.first { $0.manifest.name == manifest.bundle }?.shapes[function.name]
    }
    route = function?.route
  }

  private var envelope: JSON? {
    shape?.answers.first { ["200", "2XX"].contains($0.status) && $0.contentType == "application/json" }?.schema
  }

  private var isEnvelope: Bool { envelope?["properties"]?["success"]?["const"] == true }

  /// Of what it has in `data`.
  var data: JSON {
    let schema = (isEnvelope ? envelope?["properties"]?["data"] : envelope) ?? [:]
    return manifest.isOptional ? schema.orNull : schema
  }

  var meta: JSON? { isEnvelope ? envelope?["properties"]?["meta"] : nil }

  /// The field that a parameter of the composition is read into.
  func field(_ parameter: String) -> DescribedField? {
    guard case .fields(let fields) = shape?.input,
      let index = manifest.path.segments.firstIndex(of: .parameter(parameter)),
      case .parameter(let name) = route?.segments[index], let field = fields.first(where: { $0.name == name })
    else { return nil }
    return DescribedField(name: parameter, schema: field.schema, isOptional: false)
  }
}

extension FunctionShape {
  fileprivate init(_ composition: CompositionManifest, _ parts: [DescribedPart]) {
    let fields = composition.route.parameters.compactMap { name in parts.lazy.compactMap { $0.field(name) }.first }
    let data = DescribedPart.object(parts.map { ($0.manifest.name, $0.data) }, required: parts.map(\.manifest.name))
    self.init(
      input: .fields(fields),
      answers: [AnswerShape(envelope: data, meta: DescribedPart.meta(parts), hasVersion: true)],
      definitions: JSONObject(parts.flatMap { $0.shape?.definitions.members ?? [] }.map { ($0.name, $0.value) }))
  }
}

extension DescribedPart {
  fileprivate static func object(_ properties: [(String, JSON)], required: [String]) -> JSON {
    [
      "type": "object", "properties": .object(JSONObject(properties)),
      "required": .array(required.map { .string($0) }),
    ]
  }

  fileprivate static func meta(_ parts: [DescribedPart]) -> JSON {
    let own = parts.compactMap { part in part.meta.map { (part.manifest.name, $0) } }
    let entry = object(
      [("part", ["type": "string"]), ("status", ["type": "integer"]), ("code", ["type": "string"])],
      required: ["part", "status", "code"])
    let partial: JSON = [
      "type": "array", "items": entry, "description": "The parts that could not be had, which are null.",
    ]
    return object([("parts", object(own, required: [])), ("partial", partial)], required: ["parts", "partial"])
  }
}
