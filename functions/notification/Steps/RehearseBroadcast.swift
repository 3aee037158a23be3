import FunctionKit

/// How telling somebody went, told by the error that takes it back.
enum Rehearsal: Error {
  case told
  /// Nobody was told, as they want it.
  case skipped
  case nobodyThere
}

extension Work {
  /// Tells somebody some places further on of a broadcast, for none of it to stay.
  /// - Throws: a ``Rehearsal``, or what stands in the way.
  func rehearse(_ id: ID, place: Int) async throws {
    guard let broadcast = try await lockBroadcast(id), broadcast.status == .running,
      let templates = try await db.templates(of: broadcast)
    else { throw Rehearsal.nobodyThere }
    let members: [BroadcastMember] = try await db.all(broadcast.members(upTo: place + 1))
    guard members.count > place, let member = members.last else { throw Rehearsal.nobodyThere }
    throw try await tell(member, of: broadcast, templates) ? Rehearsal.told : Rehearsal.skipped
  }
}
