/// What an event's data has to look like: the part of JSON Schema (draft 2020-12) that event files use.
public struct PayloadSchema: Sendable, Hashable {
  public let shape: Shape
  /// What is optional may be `null` as well as absent.
  public let allowsNull: Bool

  public indirect enum Shape: Sendable, Hashable {
    /// Members that are not listed may be there too, so that fields can be added.
    case object([Property])
    case array(of: PayloadSchema)
    case string(Text)
    case integer(minimum: Int?)
    case number
    case boolean
  }

  public struct Property: Sendable, Hashable {
    public let name: String
    public let schema: PayloadSchema
    public let isRequired: Bool
  }

  /// Which texts a string may be.
  public enum Text: Sendable, Hashable {
    case any
    case format(Format)
    case choice([String])
  }

  public enum Format: String, Sendable, Hashable, CaseIterable {
    case uuid, date
    case dateTime = "date-time"
  }

  /// The words of `type`.
  enum TypeName: String, Hashable, CaseIterable {
    case object, array, string, integer, number, boolean, null
  }
}

extension PayloadSchema.Shape {
  var typeName: PayloadSchema.TypeName {
    switch self {
    case .object: .object
    case .array: .array
    case .string: .string
    case .integer: .integer
    case .number: .number
    case .boolean: .boolean
    }
  }
}
