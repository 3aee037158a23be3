import FunctionKit

/// One of those whom a broadcast is for.
struct BroadcastMember: Decodable, Sendable {
  var userId: ID
  var name: String?
  /// Whether the account service has told who it is.
  var isKnown: Bool
  /// Whether the account is gone.
  var isGone: Bool

  static let columns: SQL = """
    display_name as name, known_at is not null as is_known, deleted_at is not null as is_gone
    """
}

extension BroadcastRecord {
  /// The next people after those who were told, in the order of their ids.
  func members(upTo limit: Int) -> SQL {
    let after: SQL = "coalesce(\(cursor)::uuid, '00000000-0000-0000-0000-000000000000')"
    if let segment {
      return """
        select user_id, \(BroadcastMember.columns) from recipient
        where user_id > \(after) and deleted_at is null and \(segment.condition(since: createdAt))
        order by user_id limit \(limit)
        """
    }
    return """
      select member.user_id, \(BroadcastMember.columns)
      from (select value::uuid as user_id
          from broadcast, jsonb_array_elements_text(audience -> 'userIds') where id = \(id)) as member
        left join recipient on recipient.user_id = member.user_id
      where member.user_id > \(after) order by member.user_id limit \(limit)
      """
  }
}

extension BroadcastSegment {
  func count(since made: Instant) -> SQL {
    "select count(*) from recipient where deleted_at is null and \(condition(since: made))"
  }
}
