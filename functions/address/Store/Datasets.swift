import FunctionKit

/// What an edition of the region data changes.
struct DatasetReport: Codable, Sendable {
  var version: Int
  var inserted: Int
  /// With those that come back after they were deactivated.
  var changed: Int
  var deactivated: Int
  /// Empty: an edition with errors is refused.
  var errors: [String]

  init(version: Int, _ changes: Changes) {
    self.version = version
    inserted = changes.inserted
    changed = changes.changed
    deactivated = changes.deactivated
    errors = []
  }

  struct Changes: Decodable, Sendable {
    var inserted = 0
    var changed = 0
    var deactivated = 0
  }
}

enum DatasetStatus: String, Codable, Sendable, CaseIterable, SQLValue {
  case staged, active, retired
}

extension Database {
  /// Against the regions as they are now.
  func report(on version: Int) async throws -> DatasetReport {
    let changes: DatasetReport.Changes = try await one(
      """
      select inserted, changed, deactivated from region_dataset, dataset_changes(content) where version = \(version)
      """)
    return DatasetReport(version: version, changes)
  }
}

extension Work {
  /// Makes changes of the region data wait for each other.
  func holdDatasets() async throws { try await lock("region_dataset") }

  /// Says that the dataset in use has been changed by hand, so that nobody goes on with what they know of it.
  func countEdition() async throws {
    try await db.run("update region_dataset set edition = edition + 1, updated_at = \(now) where status = 'active'")
  }
}
