internal import EventLoop
internal import FunctionKit
internal import HTTPServer
internal import Manifest
internal import OpenAPI
internal import Runtime

extension Gateway {
  /// Adds `GET /openapi.json`, and `GET /api-docs` to read it.
  func withDescription(_ table: RouteTable, of door: Door) -> RouteTable {
    var table = table
    table.add(.get, [.literal("openapi.json")], .host { [self] request, _ in description(of: door).reply(to: request) })
    for part in DocumentationPage.parts {
      let file = StaticFile(part.contentType, part.bytes)
      table.add(.get, part.path.map(Route.Segment.literal), .host { request, _ in file.reply(to: request) })
    }
    return table
  }

  /// Written when it is first asked for, and kept.
  private func description(of door: Door) -> StaticFile {
    if let known = descriptions.value[door] { return known }
    let file = StaticFile("application/json", description(at: door).document.serialized())
    descriptions.value[door] = file
    return file
  }

  private func description(at door: Door) -> APIDescription {
    guard case .service(let name) = door else {
      return APIDescription(title: "gateway", version: version, described, for: .public)
    }
    let own = described.filter { $0.manifest.name == name }
    return APIDescription(title: "\(name)-service", version: version, own, for: .service)
  }
}

extension DescribedBundle {
  /// Each bundle once; of those whose library is not known here the manifest has to do.
  static func all(_ loaded: [LoadedBundle], _ remote: [RemoteBundle]) -> [DescribedBundle] {
    let names = Set(loaded.map(\.name))
    return loaded.map { DescribedBundle($0) }
      + remote.filter { $0.percent == nil && !names.contains($0.manifest.name) }.map {
        DescribedBundle($0.manifest, shapes: [:])
      }
  }

  private init(_ bundle: LoadedBundle) {
    let shapes = bundle.functions.compactMap { function in function.shape.map { (function.name, $0) } }
    self.init(bundle.manifest, shapes: Dictionary(shapes) { first, _ in first })
  }
}
