import FunctionKit

/// Makes an edition the one in use, a new one or one of before. Again, it changes nothing.
struct ActivateRegions: Endpoint {
  struct Input: Decodable {
    var version: Int
  }

  func handle(_ input: Input, context: Context) async throws -> DatasetReport {
    let work = context.ownWork(because: "activate_regions")
    try await work.holdDatasets()
    let status: DatasetStatus? = try await work.db.first(
      "select status from region_dataset where version = \(input.version) for update")
    guard let status else { throw Problem.notFound("dataset") }
    guard status != .active else { return DatasetReport(version: input.version, DatasetReport.Changes()) }
    let report = try await work.db.report(on: input.version)
    try await work.apply(input.version)
    try await work.switchTo(input.version)
    return report
  }
}

extension Work {
  fileprivate func switchTo(_ version: Int) async throws {
    try await db.run(
      "update region_dataset set status = 'retired', updated_at = \(now) where status = 'active'")
    try await db.run(
      """
      update region_dataset set status = 'active', activated_at = \(now), edition = edition + 1, updated_at = \(now)
      where version = \(version)
      """)
    try await record(.dataset, "\(version)", to: "active")
  }
}
