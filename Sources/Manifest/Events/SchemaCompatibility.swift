extension PayloadSchema {
  /// What keeps a reader that was built with another copy of the schema from reading data that satisfies this one.
  ///
  /// Members that this copy does not list may hold anything in principle; it is taken that nobody writes them.
  public func conflicts(forReader reader: PayloadSchema) -> [SchemaConflict] { conflicts(reader, at: "") }

  private func conflicts(_ reader: PayloadSchema, at place: String) -> [SchemaConflict] {
    let null = allowsNull && !reader.allowsNull ? [SchemaConflict(place: place, reason: .null)] : []
    return null + shape.conflicts(reader.shape, at: place)
  }
}

extension PayloadSchema.Shape {
  fileprivate func conflicts(_ reader: PayloadSchema.Shape, at place: String) -> [SchemaConflict] {
    switch (self, reader) {
    case (.object(let written), .object(let read)): read.flatMap { $0.conflicts(writtenAmong: written, at: place) }
    case (.array(let written), .array(let read)): written.conflicts(forReader: read).map { $0.moved("\(place)/items") }
    case (.string(let written), .string(let read)): conflict(written.conflict(read), at: place)
    case (.integer(let written), .integer(let read)): conflict(minimumConflict(written, read), at: place)
    case (.integer, .number), (.number, .number), (.boolean, .boolean): []
    default: [SchemaConflict(place: place, reason: .type(written: typeName, read: reader.typeName))]
    }
  }

  private func conflict(_ reason: SchemaConflict.Reason?, at place: String) -> [SchemaConflict] {
    reason.map { [SchemaConflict(place: place, reason: $0)] } ?? []
  }

  private func minimumConflict(_ written: Int?, _ read: Int?) -> SchemaConflict.Reason? {
    guard let read else { return nil }
    return (written ?? .min) < read ? .minimum(read) : nil
  }
}

extension PayloadSchema.Property {
  fileprivate func conflicts(writtenAmong written: [PayloadSchema.Property], at place: String) -> [SchemaConflict] {
    guard let writer = written.first(where: { $0.name == name }) else {
      return isRequired ? [SchemaConflict(place: place, reason: .notRequired(name))] : []
    }
    let missing = isRequired && !writer.isRequired ? [SchemaConflict(place: place, reason: .notRequired(name))] : []
    return missing
      + writer.schema.conflicts(forReader: schema).map { $0.moved("\(place)/properties/\(pointerPart(name))") }
  }
}

extension PayloadSchema.Text {
  fileprivate func conflict(_ reader: PayloadSchema.Text) -> SchemaConflict.Reason? {
    switch (self, reader) {
    case (_, .any): nil
    case (.format(let written), .format(let read)): written == read ? nil : .format(written: written, read: read)
    case (_, .format(let read)): .format(written: nil, read: read)
    case (.choice(let written), .choice(let read)):
      Set(written).isSubset(of: read) ? nil : .choices(written.filter { !read.contains($0) })
    case (_, .choice): .choices(nil)
    }
  }
}

extension SchemaConflict {
  fileprivate func moved(_ parent: String) -> SchemaConflict {
    SchemaConflict(place: parent + place, reason: reason)
  }
}

/// A name as a part of a JSON pointer.
private func pointerPart(_ name: String) -> String {
  name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
    .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
}
