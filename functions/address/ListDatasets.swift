import FunctionKit

/// The editions of the region data, the newest first. There is about one a year, so they come all at once.
struct ListDatasets: Endpoint {
  struct Dataset: Codable, Sendable {
    var version: Int
    var source: String
    /// SHA-256 of the four files, one after the other.
    var checksum: String
    var rows: RegionDataset.Counts
    var status: DatasetStatus
    var importedBy: ID?
    var activatedAt: Instant?
    var createdAt: Instant
  }

  func handle(_ input: Nothing, context: Context) async throws -> [Dataset] {
    try await context.db.all(
      """
      select version, source, checksum, rows, status, imported_by, activated_at, created_at from region_dataset
      order by version desc
      """)
  }
}
