import FunctionKit

/// A week's settlements as finance sees them.
struct BatchView: Codable, Sendable {
  /// Nil for a week that has only been tried.
  var id: ID?
  var batchNumber: String?
  /// A Monday.
  var periodStart: String
  /// The Sunday, which belongs to it.
  var periodEnd: String
  var status: BatchRecord.Status?
  var sellers: Int
  var settled: Int
  var carried: Int
  /// Waiting for somebody.
  var held: Int
  var gross: Int
  var refunds: Int
  var commission: Int
  var adjustments: Int
  var net: Int

  init(_ batch: BatchRecord) {
    id = batch.id
    batchNumber = batch.batchNumber
    periodStart = batch.period.firstDay
    periodEnd = batch.period.lastDay
    status = batch.status
    sellers = batch.sellers
    settled = batch.settled
    carried = batch.carried
    held = batch.held
    gross = batch.gross
    refunds = batch.refunds
    commission = batch.commission
    adjustments = batch.adjustments
    net = batch.net
  }

  /// A week without any seller yet.
  init(trying period: SettlementPeriod) {
    periodStart = period.firstDay
    periodEnd = period.lastDay
    (sellers, settled, carried, held) = (0, 0, 0, 0)
    (gross, refunds, commission, adjustments, net) = (0, 0, 0, 0, 0)
  }

  mutating func add(_ sums: SettlementSums, isHeld: Bool) {
    sellers += 1
    switch sums.verdict(isHeld: isHeld) {
    case .completed: settled += 1
    case .carriedForward: carried += 1
    case .held, .calculated: held += 1
    }
    gross += sums.gross
    refunds += sums.refunds
    commission += sums.commission
    adjustments += sums.adjustments
    net += sums.net
  }
}
