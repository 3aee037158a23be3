internal import FunctionKit
internal import Postgres
internal import Runtime

/// A verified delivery on its way into the inbox.
struct Receipt {
  let id: ID
  let function: String
  /// The scheme that it was verified by.
  let scheme: String
  let deliveryID: String
  let body: [UInt8]
  let time: Instant
}

extension LoadedBundle {
  /// Commits the receipt, so that a crash after the answer loses nothing.
  /// - Returns: false for a repeat, which changes nothing. One of a delivery that was given up on is another try.
  func store(_ receipt: Receipt) async throws -> Bool {
    try await requirePool().write(
      """
      insert into lakoo.inbox (id, function, type, source, subject, time, data, delivery_id, next_attempt_at)
      values (\(receipt.id), \(receipt.function), \("webhook.\(receipt.scheme)"), \("/webhooks/\(receipt.scheme)"),
        \(receipt.deliveryID), \(receipt.time), \(Bytes(receipt.body)), \(receipt.deliveryID), \(receipt.time))
      on conflict (function, delivery_id) where delivery_id is not null do update
        set status = 'pending', attempts = 0, next_attempt_at = excluded.next_attempt_at
        where inbox.status = 'dead'
      """, timeout: .seconds(10)
    ).affected == 1
  }
}
