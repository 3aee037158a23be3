import EventRelay
import FunctionKit
import Scheduler

extension MetricsText {
  /// What the databases have said. Of one that does not answer there is nothing else to say.
  mutating func add(_ survey: Survey) {
    metric("lakoo_database_up", .gauge, "1 when the bundle's database has answered when it was last asked.")
    for database in survey.databases {
      sample("lakoo_database_up", [("bundle", database.bundle)], database.isUp ? 1 : 0)
    }
    addBacklogs(survey.databases.flatMap { database in (database.functions ?? []).map { (database.bundle, $0) } })
    addCrons(survey.databases.flatMap { database in (database.crons ?? []).map { (database.bundle, $0) } })
    addUnread(survey.unread)
  }

  private mutating func addBacklogs(_ backlogs: [(bundle: String, function: FunctionBacklog)]) {
    metric("lakoo_inbox_pending", .gauge, "Events and deliveries that wait for the function; counted up to 100000.")
    for (bundle, function) in backlogs {
      sample("lakoo_inbox_pending", labels(bundle, function.function), function.pending)
    }
    metric("lakoo_inbox_overdue_seconds", .gauge, "For how long the first of them could have run; 0 when none could.")
    for (bundle, function) in backlogs {
      sample("lakoo_inbox_overdue_seconds", labels(bundle, function.function), seconds(function.overdue))
    }
    metric("lakoo_dead_letters", .gauge, "What the function has given up; counted up to 10000 in a bundle.")
    for (bundle, function) in backlogs {
      sample("lakoo_dead_letters", labels(bundle, function.function), function.dead)
    }
  }

  private mutating func addCrons(_ crons: [(bundle: String, cron: CronStanding)]) {
    metric("lakoo_cron_last_success_timestamp_seconds", .gauge, "When a run of the function last ended well.")
    for (bundle, cron) in crons {
      guard let at = cron.succeededAt else { continue }
      sample(
        "lakoo_cron_last_success_timestamp_seconds", labels(bundle, cron.function), seconds(at.microseconds / 1000))
    }
    metric("lakoo_cron_running", .gauge, "Runs of the function that are under way.")
    for (bundle, cron) in crons { sample("lakoo_cron_running", labels(bundle, cron.function), cron.running) }
  }

  private mutating func addUnread(_ unread: [Unread]) {
    metric("lakoo_outbox_unread", .gauge, "Events of a bundle that another has not taken in; counted up to 10000.")
    for place in unread { sample("lakoo_outbox_unread", labels(place), place.events) }
    metric("lakoo_outbox_lag_seconds", .gauge, "For how long the oldest of them has waited.")
    for place in unread { sample("lakoo_outbox_lag_seconds", labels(place), seconds(place.age)) }
  }

  private func labels(_ bundle: String, _ function: String) -> [(String, String)] {
    [("bundle", bundle), ("function", function)]
  }

  private func labels(_ unread: Unread) -> [(String, String)] {
    [("source", unread.source), ("bundle", unread.bundle)]
  }

  private func seconds(_ milliseconds: Int64) -> String { "\(Double(milliseconds) / 1000)" }
}
