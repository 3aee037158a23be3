import EventRelay
import Scheduler

/// What the databases say of work that waits.
struct Survey: Codable, Sendable {
  struct Database: Codable, Sendable {
    var bundle: String
    /// Nil where the database did not answer in time.
    var functions: [FunctionBacklog]?
    var crons: [CronStanding]?

    var isUp: Bool { functions != nil }
  }

  /// In the order of their names.
  var databases: [Database]
  var unread: [Unread]
}
