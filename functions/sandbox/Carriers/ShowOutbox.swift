import FunctionKit

/// The page that shows what the carriers were handed, newest first, and lets them misbehave.
struct ShowOutbox: Endpoint {
  func handle(_ input: Nothing, context: Context) async throws -> HTML {
    let messages: [CarriedMessage] = try await context.db.all(
      "select \(CarriedMessage.columns) from carried_message order by created desc, id desc limit 50")
    let faults: [Switched] = try await context.db.all("select carrier, fault from carrier_fault")
    return .outbox(messages, Dictionary(faults.map { ($0.carrier, $0.fault) }) { $1 })
  }

  private struct Switched: Decodable {
    var carrier: CarrierName
    var fault: CarrierFault
  }
}

/// Tells a carrier how to answer from now on.
struct UseCarrierFault: Endpoint {
  struct Input: Decodable {
    var carrier: CarrierName
    /// Nil lets it work.
    var fault: CarrierFault?
  }

  func handle(_ input: Input, context: Context) async throws -> CheckoutReply {
    try await context.db.run("delete from carrier_fault where carrier = \(input.carrier)")
    if let fault = input.fault {
      try await context.db.run("insert into carrier_fault (carrier, fault) values (\(input.carrier), \(fault))")
    }
    return .redirect("/sandbox/outbox")
  }
}

/// Has a carrier report of a message what is wanted.
struct ReportMessage: Endpoint {
  struct Input: Decodable {
    var id: ID
    var what: String
  }

  func handle(_ input: Input, context: Context) async throws -> CheckoutReply {
    let found: CarriedMessage? = try await context.db.first(
      "select \(CarriedMessage.columns) from carried_message where id = \(input.id) for update")
    guard let message = found else { throw Problem.notFound("message") }
    guard message.carrier.reports.contains(input.what) else {
      throw Problem.invalid("what", "is nothing that \(message.carrier.rawValue) reports")
    }
    try await context.ownTransaction.report(input.what, of: message, context)
    return .redirect("/sandbox/outbox")
  }
}
