/// A page of another service's list.
public struct ServiceList<Item: Decodable & Sendable>: Decodable, Sendable {
  public let items: [Item]
  /// Where the list goes on; nil at its end.
  public let nextCursor: String?

  private enum CodingKeys: String, CodingKey { case data, meta }
  private struct Meta: Decodable { var nextCursor: String? }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    items = try container.decode([Item].self, forKey: .data)
    nextCursor = try container.decodeIfPresent(Meta.self, forKey: .meta)?.nextCursor
  }
}

/// An answer that is read from the whole envelope and not from its `data`.
private protocol WholeEnvelope {}
extension ServiceList: WholeEnvelope {}

extension ServiceRequest {
  /// The answer's value.
  /// - Throws: ``ServiceError`` for a refusal or a failure, and for a success that does not hold what was asked for.
  func read<Answer: Decodable>(_ reply: RawReply) throws -> Answer {
    guard (200..<300).contains(reply.status) else { throw ServiceError(service, label, reply) }
    do {
      let envelope = reply.body.isEmpty ? JSON.null : try JSON.parse(reply.body)
      return try decodeJSON(from: Answer.self is any WholeEnvelope.Type ? envelope : envelope["data"] ?? .null)
    } catch {
      throw ServiceError(
        service, 502, "unexpected_answer", "\(label) gave an answer that can't be read: \(error)", mayHaveActed: true)
    }
  }
}
