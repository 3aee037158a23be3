import FunctionKit

/// Plans a message to many. Advertising waits for somebody else to agree; anything else is scheduled at once.
struct CreateBroadcast: Endpoint {
  struct Input: Decodable, Limited {
    var templateCode: String
    var channels: [Channel]
    var audience: Audience
    /// At most 90 days ahead; now by default.
    var scheduledFor: Instant?

    static let limits: [String: FieldLimit] = ["templateCode": .text(3...100), "channels": .count(1...5)]

    /// One of the two.
    struct Audience: Codable, Sendable, Limited {
      var userIds: [ID]?
      var segment: BroadcastSegment?

      static let limits: [String: FieldLimit] = ["userIds": .count(1...10_000)]
    }
  }

  private static let trigger = "create_broadcast"

  func handle(_ input: Input, context: Context) async throws -> Reply<BroadcastView> {
    let user = try context.requireUser()
    let work = context.ownWork
    try input.validate(at: work.now)
    let templates = try await work.db.activeTemplates(input.templateCode)
    try templates.mustSuit(input.channels)
    let made = try await work.insert(input, templates, by: user)
    try await work.record(made.id, from: BroadcastStatus?.none, to: .draft, because: Self.trigger)
    if made.category != .marketing { try await work.set(made, to: .scheduled, because: Self.trigger) }
    return Reply(try await work.db.broadcast(made.id), status: 201)
  }
}

extension CreateBroadcast.Input {
  fileprivate func validate(at now: Instant) throws {
    var validation = Validation()
    validation.text(templateCode, "templateCode", length: 3...100)
    validation.range(channels.count, "channels", 1...5, code: "length")
    validation.require(Set(channels).count == channels.count, "channels", "must name each channel once")
    let (isNamed, isSegment) = (audience.userIds != nil, audience.segment != nil)
    validation.require(isNamed != isSegment, "audience", "must have userIds or segment, not both", code: "required")
    validation.range(audience.userIds?.count, "audience.userIds", 0...10_000, code: "length")
    let isSoon = scheduledFor.map { $0 <= now + .days(90) } ?? true
    validation.require(isSoon, "scheduledFor", "must be at most 90 days ahead", code: "range")
    try validation.finish()
  }
}

extension Work {
  /// - Throws: ``Problem`` 422 `audience_empty` when nobody would hear of it.
  fileprivate func insert(
    _ input: CreateBroadcast.Input, _ templates: [TemplateView], by user: ID
  ) async throws -> BroadcastRecord {
    var audience = input.audience
    audience.userIds = audience.userIds.map { Set($0).sorted { $0.description < $1.description } }
    let total = try await count(audience)
    guard total > 0 else {
      throw Problem(
        422, "audience_empty", "Nobody would hear of it.",
        details: [FieldError(field: "audience", message: "must be of somebody", code: "audience_empty")])
    }
    return try await db.one(
      """
      insert into broadcast (id, template_code, template_ids, category, channels, audience, scheduled_for, total, created_by,
        created_at, updated_at)
      values (\(context.newID()), \(input.templateCode), \(templates.map(\.id))::uuid[], \(templates.category),
        \(input.channels)::text[], jsonb_strip_nulls(\(try AsJSON(audience))::jsonb),
        \(max(now, input.scheduledFor ?? now)), \(total), \(user), \(now), \(now))
      returning \(BroadcastRecord.columns)
      """)
  }

  private func count(_ audience: CreateBroadcast.Input.Audience) async throws -> Int {
    if let segment = audience.segment { return try await db.one(segment.count(since: now)) }
    return audience.userIds?.count ?? 0
  }
}
