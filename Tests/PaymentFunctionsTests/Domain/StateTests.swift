import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct StateTests {
  @Test func `a paid payment never expires, is cancelled or fails`() {
    var reachable: Set<PaymentStatus> = [.paid]
    while case let more = reachable.union(reachable.flatMap(\.next)), more != reachable { reachable = more }
    #expect(reachable == [.paid, .partiallyRefunded, .refunded])
  }

  @Test func `an ended payment never becomes paid`() {
    for status in [PaymentStatus.expired, .cancelled, .failed] { #expect(status.next == [.refunded]) }
  }

  @Test func `a paid invoice stays paid`() { #expect(InvoiceStatus.paid.next.isEmpty) }

  @Test func `no state follows itself`() {
    #expect(PaymentStatus.allCases.allSatisfy { !$0.next.contains($0) })
    #expect(InvoiceStatus.allCases.allSatisfy { !$0.next.contains($0) })
    #expect(RefundStatus.allCases.allSatisfy { !$0.next.contains($0) })
    #expect(CommissionStatus.allCases.allSatisfy { !$0.next.contains($0) })
  }

  @Test func `a refusal names from and to`() {
    let problem = #expect(throws: Problem.self) { try PaymentStatus.paid.mustAllow(.expired) }
    #expect(problem?.code == "invalid_state")
    #expect(problem?.details.map(\.message) == ["paid", "expired"])
  }
}
