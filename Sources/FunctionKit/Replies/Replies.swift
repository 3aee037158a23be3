/// The usual envelope with another status or more headers: `Reply(created, status: 201)`.
public struct Reply<Value: Encodable & Sendable>: ReplyConvertible, Sendable {
  public var value: Value
  public var status: Int
  public var headers: [(name: String, value: String)]
  /// Whether a repeat under the same `Idempotency-Key` gets this answer again; an interim one is asked for anew.
  public var isFinal: Bool

  public init(
    _ value: Value, status: Int = 200, headers: [(name: String, value: String)] = [], isFinal: Bool = true
  ) {
    self.value = value
    self.status = status
    self.headers = headers
    self.isFinal = isFinal
  }

  public func reply() throws -> RawReply {
    var reply = try RawReply(success: value, status: status)
    reply.headers = headers
    reply.isFinal = isFinal
    return reply
  }

  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

/// A part of a list, with where to go on: `{"success": true, "data": […], "meta": {"nextCursor": …}}`.
public struct Page<Item: Encodable & Sendable>: ReplyConvertible, Sendable {
  public var items: [Item]
  public var nextCursor: String?

  public init(_ items: [Item], nextCursor: String?) {
    self.items = items
    self.nextCursor = nextCursor
  }

  private struct Meta: Encodable { var nextCursor: String? }

  public func reply() throws -> RawReply {
    var reply = try RawReply(success: items)
    reply.body.removeLast()
    reply.body += Array(#","meta":"#.utf8)
    try encodeJSON(Meta(nextCursor: nextCursor), into: &reply.body)
    reply.body.append(UInt8(ascii: "}"))
    return reply
  }

  public func encode(to encoder: any Encoder) throws { try items.encode(to: encoder) }
}

/// JSON without the envelope, for functions that speak another API's dialect.
public struct Bare<Value: Encodable & Sendable>: ReplyConvertible, Sendable {
  public var value: Value
  public var status: Int

  public init(_ value: Value, status: Int = 200) {
    self.value = value
    self.status = status
  }

  public func reply() throws -> RawReply { try RawReply(status: status, body: encodeJSON(value)) }
  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

/// 204, nothing to say.
public struct NoContent: ReplyConvertible, Sendable {
  public init() {}
  public func reply() -> RawReply { RawReply(status: 204, contentType: nil, body: []) }
}

/// A page for a browser. Interpolated values are escaped, interpolated pages are not.
public struct HTML: ReplyConvertible, Sendable, ExpressibleByStringInterpolation {
  let text: String
  var status = 200

  public init(stringLiteral text: String) { self.text = text }
  public init(stringInterpolation parts: StringInterpolation) { text = parts.text }

  public func status(_ status: Int) -> HTML {
    var page = self
    page.status = status
    return page
  }

  public func reply() -> RawReply {
    RawReply(status: status, contentType: "text/html; charset=utf-8", body: Array(text.utf8))
  }

  public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }

  public struct StringInterpolation: StringInterpolationProtocol, Sendable {
    var text = ""
    public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }
    public mutating func appendLiteral(_ literal: String) { text += literal }
    public mutating func appendInterpolation(_ part: HTML) { text += part.text }
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      // By scalars: a quote with a combining mark is one character, but browsers see the quote.
      for scalar in value.description.unicodeScalars {
        switch scalar {
        case "&": text += "&amp;"
        case "<": text += "&lt;"
        case ">": text += "&gt;"
        case "\"": text += "&quot;"
        case "'": text += "&#39;"
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
  }
}
