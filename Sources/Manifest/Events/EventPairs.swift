/// A release that writes or reads events, with its own copies of their files.
public struct EventEnd: Sendable {
  /// For messages: "notification (release 91b0c2aa7e55, live)".
  public let label: String
  public let manifest: BundleManifest
  /// By the event's name.
  public let schemas: [String: PayloadSchema]
  /// Whether it becomes part of the deployment now.
  public let isNew: Bool

  public init(label: String, manifest: BundleManifest, schemas: [String: PayloadSchema], isNew: Bool) {
    self.label = label
    self.manifest = manifest
    self.schemas = schemas
    self.isNew = isNew
  }
}

/// What keeps a release from reading what another writes, for every event that one of the two is new to.
public func eventConflicts(_ ends: [EventEnd]) -> [String] {
  ends.flatMap { writer in
    Set(writer.manifest.emitted).sorted().flatMap { event in
      ends.filter { $0.manifest.consumed.contains(event) && $0.isNew != writer.isNew }.flatMap { reader in
        conflicts(event, writer, reader)
      }
    }
  }
}

private func conflicts(_ event: String, _ writer: EventEnd, _ reader: EventEnd) -> [String] {
  guard let written = writer.schemas[event], let read = reader.schemas[event] else { return [] }
  let advice =
    writer.isNew
    ? "deploy a release of \(reader.manifest.name) that does not rely on it first"
    : "deploy a release of \(writer.manifest.name) that promises it first"
  return written.conflicts(forReader: read).map {
    "\(event): \($0.text(reader: reader.label, writer: writer.label)); \(advice)"
  }
}
