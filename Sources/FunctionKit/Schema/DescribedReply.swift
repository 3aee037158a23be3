/// A reply whose type tells beforehand what answers it can be.
public protocol DescribedReply: ReplyConvertible {
  static func answers(_ describer: SchemaDescriber) -> [AnswerShape]
}

extension Reply: DescribedReply {
  public static func answers(_ describer: SchemaDescriber) -> [AnswerShape] {
    [AnswerShape(envelope: describer.schema(of: Value.self), status: "2XX", hasVersion: true)]
  }
}

extension Page: DescribedReply {
  public static func answers(_ describer: SchemaDescriber) -> [AnswerShape] {
    let meta: JSON = [
      "type": "object", "properties": ["nextCursor": ["type": ["string", "null"]]], "required": ["nextCursor"],
    ]
    return [AnswerShape(envelope: describer.schema(of: [Item].self), meta: meta)]
  }
}

extension Bare: DescribedReply {
  public static func answers(_ describer: SchemaDescriber) -> [AnswerShape] {
    [AnswerShape("2XX", "application/json", describer.schema(of: Value.self))]
  }
}

extension NoContent: DescribedReply {
  public static func answers(_ describer: SchemaDescriber) -> [AnswerShape] { [AnswerShape("204", nil)] }
}

extension HTML: DescribedReply {
  public static func answers(_ describer: SchemaDescriber) -> [AnswerShape] {
    [AnswerShape("default", "text/html", String.jsonSchema)]
  }
}

extension SchemaDescriber {
  /// The answers of a reply; any there may be when its type does not tell.
  func answers(of reply: any ReplyConvertible.Type) -> [AnswerShape] {
    if let reply = reply as? any DescribedReply.Type { return reply.answers(self) }
    return [AnswerShape("default", "*/*", note(reply, "does not tell its answers (DescribedReply)"))]
  }
}
