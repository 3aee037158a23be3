/// What a reader of an event's data relies on and a writer does not promise.
public struct SchemaConflict: Sendable, Hashable {
  /// Where in the schema, as a JSON pointer: `/properties/amount`.
  public let place: String
  let reason: Reason

  enum Reason: Sendable, Hashable {
    case notRequired(String)
    case type(written: PayloadSchema.TypeName, read: PayloadSchema.TypeName)
    case null
    case format(written: PayloadSchema.Format?, read: PayloadSchema.Format)
    /// The choices that only the writer has; nil for a writer of any text.
    case choices([String]?)
    case minimum(Int)
  }

  /// In plain words, with the names of both.
  public func text(reader: String, writer: String) -> String {
    let place = place.isEmpty ? "" : " at \(place)"
    return switch reason {
    case .notRequired(let name): "\(reader) requires '\(name)'\(place), which \(writer) does not promise"
    case .type(let written, let read):
      "\(reader) reads type \(read.rawValue)\(place), but \(writer) writes \(written.rawValue)"
    case .null: "\(reader) takes no null\(place), which \(writer) may write"
    case .format(let written, let read):
      "\(reader) reads format \(read.rawValue)\(place), but \(writer) writes \(written?.rawValue ?? "any text")"
    case .choices(let choices?): "\(reader) does not know \(listed(choices))\(place), which \(writer) may write"
    case .choices(nil): "\(reader) knows certain texts only\(place), but \(writer) writes any"
    case .minimum(let minimum): "\(reader) reads nothing below \(minimum)\(place), which \(writer) may write"
    }
  }
}
