/// A type that states its JSON Schema (draft 2020-12) itself: a scalar, or one whose coding can't be watched because it
/// reads or writes more than one form.
public protocol SchemaDescribing {
  static var jsonSchema: JSON { get }
}

extension String: SchemaDescribing {
  public static var jsonSchema: JSON { ["type": "string"] }
}

extension Bool: SchemaDescribing {
  public static var jsonSchema: JSON { ["type": "boolean"] }
}

extension Double: SchemaDescribing {
  public static var jsonSchema: JSON { ["type": "number", "format": "double"] }
}

extension Float: SchemaDescribing {
  public static var jsonSchema: JSON { ["type": "number", "format": "float"] }
}

extension ID: SchemaDescribing {
  public static var jsonSchema: JSON { ["type": "string", "format": "uuid"] }
}

extension Instant: SchemaDescribing {
  public static var jsonSchema: JSON { ["type": "string", "format": "date-time"] }
}

extension JSON: SchemaDescribing {
  public static var jsonSchema: JSON { [:] }
}

extension JSONObject: SchemaDescribing {
  public static var jsonSchema: JSON { ["type": "object"] }
}

extension JSONNumber: SchemaDescribing {
  public static var jsonSchema: JSON { ["type": "number"] }
}
