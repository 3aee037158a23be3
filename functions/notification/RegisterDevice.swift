import FunctionKit

/// Tells where a user's device can be pushed to. A token belongs to whoever registered it last, since a device has one
/// user at a time.
struct RegisterDevice: Endpoint {
  /// Live devices of a user; the one that was away longest makes room.
  static let most = 10

  struct Input: Decodable, Limited {
    var platform: Platform
    var token: String
    var appVersion: String?

    static let limits: [String: FieldLimit] = ["token": .text(10...4096), "appVersion": .text(1...30)]
  }

  func handle(_ input: Input, context: Context) async throws -> DeviceView {
    let user = try context.requireUser()
    var validation = Validation()
    validation.text(input.token, "token", length: 10...4096)
    validation.text(input.appVersion, "appVersion", length: 1...30)
    try validation.finish()
    try await context.db.requireAccount(of: user)
    return try await context.ownWork.register(input, for: user)
  }
}

extension Work {
  fileprivate func register(_ input: RegisterDevice.Input, for user: ID) async throws -> DeviceView {
    try await hold("devices:\(user)")
    let device: DeviceView = try await db.one(
      """
      insert into device (id, user_id, platform, token, token_hash, app_version, last_seen_at, created_at, updated_at)
      values (\(context.newID()), \(user), \(input.platform), \(input.token),
        encode(sha256(convert_to(\(input.token), 'UTF8')), 'hex'), \(input.appVersion), \(now), \(now), \(now))
      on conflict (token_hash) do update set user_id = excluded.user_id, platform = excluded.platform,
        app_version = excluded.app_version, last_seen_at = excluded.last_seen_at, disabled_at = null,
        disable_reason = null, updated_at = excluded.updated_at
      returning \(DeviceView.columns)
      """)
    try await db.run(
      """
      delete from device where id in (
        select id from device where user_id = \(user) and disabled_at is null
        order by last_seen_at desc, id desc offset \(RegisterDevice.most))
      """)
    return device
  }
}
