import FunctionKit

/// The devices that a user can be pushed to, the one that was there last first.
struct ListDevices: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> [DeviceView] {
    let user = try context.requireUser()
    return try await context.db.all(
      """
      select \(DeviceView.columns) from device where user_id = \(user) and disabled_at is null
      order by last_seen_at desc, id desc limit \(RegisterDevice.most)
      """)
  }
}
