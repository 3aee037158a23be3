/// The outbox names transactions that this server has not come to yet, as after restoring a dump into a new cluster. Reading
/// on would pass over every event in silence, so nothing is read until somebody has looked at it.
struct OutboxAhead: Error, CustomStringConvertible {
  var description: String {
    "the outbox comes from another server, whose transactions were further on; deliver it anew by "
      + "\"begin; update lakoo.outbox set xid = pg_current_xact_id(); "
      + "update lakoo.outbox_state set epoch = epoch + 1, is_ahead = false; commit\" "
      + "(events that an inbox still knows are dropped there)"
  }
}
