import FunctionKit

extension Work {
  /// Begins a broadcast whose hour has come. Begun before, or called off: nothing.
  func start(_ id: ID) async throws {
    guard let broadcast = try await lockBroadcast(id), broadcast.status == .scheduled, broadcast.scheduledFor <= now
    else { return }
    guard try await db.templates(of: broadcast) != nil else { return try await giveUp(broadcast) }
    if let segment = broadcast.segment {
      try await db.run(
        "update broadcast set total = (\(segment.count(since: broadcast.createdAt))) where id = \(id)")
    }
    try await set(broadcast, to: .running, because: RunBroadcasts.trigger)
  }

  /// Tells the next people of a broadcast; where it got to is kept with their messages, or neither is.
  /// - Returns: how many had their turn; none when it is over.
  func advance(_ id: ID, upTo limit: Int) async throws -> Int {
    guard let broadcast = try await lockBroadcast(id), broadcast.status == .running else { return 0 }
    guard let templates = try await db.templates(of: broadcast) else {
      try await giveUp(broadcast)
      return 0
    }
    let members: [BroadcastMember] = try await db.all(broadcast.members(upTo: limit))
    var skipped = 0
    for member in members where try await !tell(member, of: broadcast, templates) { skipped += 1 }
    try await note(members, skipped: skipped, of: broadcast, isEnd: members.count < limit)
    return members.count
  }

  /// Goes past somebody whose message can't even be made.
  func passOver(_ id: ID) async throws -> Int {
    guard let broadcast = try await lockBroadcast(id), broadcast.status == .running else { return 0 }
    let members: [BroadcastMember] = try await db.all(broadcast.members(upTo: 1))
    try await note(members, skipped: members.count, of: broadcast, isEnd: members.isEmpty)
    return members.count
  }

  /// - Returns: whether there is a message on any channel.
  func tell(
    _ member: BroadcastMember, of broadcast: BroadcastRecord, _ templates: [TemplateView]
  ) async throws -> Bool {
    guard !member.isGone else { return false }
    let preference = try await Preference.ensure(of: member.userId, now: now, in: db)
    guard let version = templates.version(in: preference.locale) else { return false }
    let plan = MessagePlan(
      template: version.template, category: broadcast.category, priority: version.priority,
      channels: broadcast.channels)
    let text = try version.template.render(known(["name": member.name.map(TemplateValue.text)]))
    let announcement = Announcement(
      userID: member.userId, relatedType: "broadcast", relatedID: broadcast.id, cancelKey: broadcast.cancelKey,
      occasion: broadcast.cancelKey)
    return try await !send(text, of: announcement, plan, preference).ids.isEmpty
  }

  private func note(
    _ members: [BroadcastMember], skipped: Int, of broadcast: BroadcastRecord, isEnd: Bool
  ) async throws {
    try await db.run(
      """
      update broadcast set processed = processed + \(members.count), skipped = skipped + \(skipped),
        cursor = coalesce(\(members.last?.userId)::uuid, cursor), updated_at = \(now),
        total = case when \(isEnd)::boolean then processed + \(members.count)
          else greatest(total, processed + \(members.count)) end
      where id = \(broadcast.id)
      """)
    if isEnd { try await set(broadcast, to: .completed, because: RunBroadcasts.trigger) }
  }

  /// Nobody is told in words that were taken back.
  private func giveUp(_ broadcast: BroadcastRecord) async throws {
    try await set(broadcast, to: .failed, because: RunBroadcasts.trigger, note: "its template is no longer in use")
  }
}
