import FunctionKit
import Synchronization

/// The provider's list of movements as a test plays it, page by page, newest first.
final class FakeList: Sendable {
  struct Entry: Sendable {
    var id: String
    var type = "PAYMENT"
    var status = "SUCCESS"
    var reference: String?
    var product: String?
    var invoice: String?
    var amount: Int
    var fee = 0
    var feeStatus = "COMPLETED"
    var created: Instant
    var updated: Instant
    var currency = "IDR"

    var json: JSON {
      let isIncoming = type != "REFUND" && type != "DISBURSEMENT"
      return [
        "id": .string(id), "type": .string(type), "status": .string(status),
        "reference_id": reference.map(JSON.string) ?? .null, "product_id": product.map(JSON.string) ?? .null,
        "amount": .number(JSONNumber(amount)), "net_amount": .number(JSONNumber(amount + (isIncoming ? -fee : fee))),
        "fee": ["status": .string(feeStatus)],
        "currency": .string(currency), "cashflow": isIncoming ? "MONEY_IN" : "MONEY_OUT",
        "account_identifier": "0123456789", "created": .string(created.description),
        "updated": .string(updated.description),
        "product_data": ["payment_link_id": invoice.map(JSON.string) ?? .null],
      ]
    }
  }

  private struct State {
    var entries: [Entry] = []
    var calls: [String] = []
    /// Which of the calls to come fail, the next one being the first.
    var failing: ClosedRange<Int>?
  }

  private let state = Mutex(State())

  var entries: [Entry] { state.withLock { $0.entries } }
  var calls: [String] { state.withLock { $0.calls } }

  func add(_ entry: Entry) { state.withLock { $0.entries.append(entry) } }

  func change(_ id: String, _ change: (inout Entry) -> Void) {
    state.withLock { state in
      for index in state.entries.indices where state.entries[index].id == id { change(&state.entries[index]) }
    }
  }

  func fail(_ calls: ClosedRange<Int>?) {
    state.withLock { state in
      state.failing = calls.map { state.calls.count + $0.lowerBound...state.calls.count + $0.upperBound }
    }
  }

  func answer(_ request: UpstreamRequest) throws -> UpstreamResponse {
    try state.withLock { state in
      state.calls.append(request.path)
      if state.failing?.contains(state.calls.count) == true {
        throw UpstreamError(message: "timed out", mayHaveArrived: true)
      }
      let query =
        request.path.split(separator: "?").last?.split(separator: "&").map {
          $0.split(separator: "=", maxSplits: 1).map(String.init)
        } ?? []
      func all(_ name: String) -> [String] { query.filter { $0[0] == name }.map { $0[1] } }
      func moment(_ name: String) -> Instant? { all(name).first.flatMap { Instant($0) } }
      var found = state.entries.sorted { ($1.created, $1.id) < ($0.created, $0.id) }
      if !all("types").isEmpty { found.removeAll { !all("types").contains($0.type) } }
      if let reference = all("reference_id").first { found.removeAll { $0.reference != reference } }
      if let from = moment("created%5Bgte%5D") { found.removeAll { $0.created < from } }
      if let to = moment("created%5Blte%5D") { found.removeAll { $0.created > to } }
      if let from = moment("updated%5Bgte%5D") { found.removeAll { $0.updated < from } }
      if let to = moment("updated%5Blte%5D") { found.removeAll { $0.updated > to } }
      if let after = all("after_id").first, let index = found.firstIndex(where: { $0.id == after }) {
        found.removeFirst(index + 1)
      }
      let limit = all("limit").first.flatMap { Int($0) } ?? 10
      let page: JSON = [
        "has_more": .bool(found.count > limit), "data": .array(found.prefix(limit).map(\.json)), "links": [],
      ]
      return UpstreamResponse(status: 200, headers: [], body: page.serialized())
    }
  }
}
