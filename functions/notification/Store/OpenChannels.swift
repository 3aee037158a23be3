import FunctionKit

extension CarrierCircuit {
  /// What has lately become of a carrier's messages.
  static func find(_ carrier: String, at now: Instant, in db: Database) async throws -> CarrierCircuit {
    let troubles = CarrierTrouble.allCases.map(\.rawValue) + [AfterAttempt.unknown]
    return try await db.one(
      """
      select count(*) as failures, max(failed_at) as last_failed_at from delivery
      where provider = \(carrier) and updated_at > \(now - window) and error_code = any(\(troubles)::text[])
        and failed_at > coalesce((
          select max(sent_at) from delivery where provider = \(carrier) and updated_at > \(now - window)),
          '-infinity')
      """)
  }
}

extension Work {
  /// The channels whose carriers are not being spared, each first in turn.
  func openChannels(turn: Int) async throws -> [Channel] {
    var open: [Channel] = []
    for channel in Channel.allCases {
      guard let carrier = Carrier.name(of: channel) else { continue }
      if try await !CarrierCircuit.find(carrier, at: now, in: db).isOpen(at: now) { open.append(channel) }
    }
    let first = open.isEmpty ? 0 : turn % open.count
    return Array(open[first...] + open[..<first])
  }
}
