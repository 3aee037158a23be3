import FunctionKit

/// The addresses that are left alone now, newest first. An address itself is never asked for, since what is asked for
/// stands in logs on its way: support asks by the user, or by what the address hashes to.
struct ListSuppressions: Endpoint {
  struct Input: Decodable, Limited {
    var channel: Channel?
    var reason: SuppressionReason?
    /// Whose present addresses are meant.
    var userId: ID?
    /// SHA-256 of the address in lower case, or of the number as `+62…`, in hexadecimal digits.
    var addressHash: String?
    var limit: Int?
    var cursor: String?

    static let limits: [String: FieldLimit] = ["addressHash": SuppressionView.hash, "limit": Paging.limit]
  }

  func handle(_ input: Input, context: Context) async throws -> Page<SuppressionView> {
    if let hash = input.addressHash, !SuppressionView.isHash(hash) {
      throw Problem.invalid("addressHash", "must be 64 hexadecimal digits in lower case", code: "pattern")
    }
    let paging = try PagingBy<SuppressionView.Place>("suppressions", limit: input.limit, cursor: input.cursor)
    let rows: [SuppressionView] = try await context.db.all(input.statement(paging, at: context.now))
    return paging.page(rows, by: \.place) { $0 }
  }
}

extension ListSuppressions.Input {
  func statement(_ paging: PagingBy<SuppressionView.Place>, at now: Instant) -> SQL {
    let conditions =
      SQL.equal("channel", channel) + SQL.equal("reason", reason) + SQL.equal("address_hash", addressHash)
      + (userId.map { [Self.addresses(of: $0)] } ?? []) + (paging.last.map { [Self.after($0)] } ?? [])
    return """
      select \(SuppressionView.columns) from suppression
      where (until is null or until > \(now)) and \(.all(conditions))
      order by created_at desc, channel, address_hash limit \(paging.fetch)
      """
  }

  private static func addresses(of user: ID) -> SQL {
    """
    (channel, address_hash) in (
      select on_channel.name, address_hash(case on_channel.name when 'email' then email::text else phone end)::char(64)
      from recipient, unnest(array['email', 'whatsapp', 'sms']) as on_channel (name) where user_id = \(user))
    """
  }

  private static func after(_ place: SuppressionView.Place) -> SQL {
    """
    created_at <= \(place.createdAt) and (created_at < \(place.createdAt)
      or (channel, address_hash) > (\(place.channel), \(place.addressHash)))
    """
  }
}
