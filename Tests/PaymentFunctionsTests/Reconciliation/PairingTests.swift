import FunctionKit
import Testing

@testable import PaymentFunctions

@Suite struct PairingTests {
  private let noon = Instant(seconds: 1_768_453_200)

  private func there(_ amount: Int = 100, fee: Int? = nil, after gap: Duration = .zero) -> Movement {
    Movement(
      id: "txn_1", type: .payment, effect: .done, reference: "inv_1", amount: amount, isIncoming: true, fee: fee,
      at: noon + gap)
  }

  private func here(_ amount: Int = 100, isDone: Bool = true, fee: Int? = nil, pairedWith: String? = nil) -> OwnMovement
  {
    OwnMovement(
      id: sampleID(1), reference: "inv_1", name: "inv_1", isDone: isDone, isUndone: false, amount: amount, fee: fee,
      at: noon, pairedWith: pairedWith)
  }

  @Test func `same reference and amount match, a day apart at most`() {
    #expect(Pairing(there: there(), here: here()).mismatch == nil)
    #expect(Pairing(there: there(after: .days(1)), here: here()).mismatch == nil)
    #expect(Pairing(there: there(after: .days(-1)), here: here()).mismatch == nil)
    #expect(Pairing(there: there(after: .days(1) + .microseconds(1)), here: here()).mismatch == .missingHere)
  }

  @Test func `each difference has its name`() {
    #expect(Pairing(there: there(), here: nil).mismatch == .missingHere)
    #expect(Pairing(there: there(), here: here(isDone: false)).mismatch == .missingHere)
    #expect(Pairing(there: there(), here: here(), wasHealed: true).mismatch == .missingHere)
    #expect(Pairing(there: there(99), here: here()).mismatch == .amountMismatch)
    #expect(Pairing(there: there(fee: 2), here: here(fee: 1)).mismatch == .feeMismatch)
    #expect(Pairing(there: there(fee: 2), here: here()).mismatch == nil)
    #expect(Pairing(there: there(), here: here(pairedWith: "txn_0")).mismatch == .duplicate)
    #expect(Pairing(there: there(), here: here(pairedWith: "txn_1")).mismatch == nil)
    var odd = there()
    odd.effect = .unmodelled
    #expect(Pairing(there: odd, here: here()).mismatch == .unmodelled)
  }

  @Test func `a fee is booked for what is ours and has none yet`() {
    #expect(Pairing(there: there(fee: 2), here: here()).unbookedFee == 2)
    #expect(Pairing(there: there(99, fee: 2), here: here()).unbookedFee == 2)
    #expect(Pairing(there: there(fee: 2), here: here(fee: 1)).unbookedFee == nil)
    #expect(Pairing(there: there(fee: 2), here: here(isDone: false)).unbookedFee == nil)
    #expect(Pairing(there: there(fee: 2), here: here(pairedWith: "txn_0")).unbookedFee == nil)
    #expect(Pairing(there: there(fee: 2), here: nil).unbookedFee == nil)
  }

  @Test func `a day begins and ends at midnight in Jakarta`() throws {
    let day = try #require(BusinessDay("2026-01-14"))
    #expect(day.start == Instant("2026-01-13T17:00:00Z") && day.end == Instant("2026-01-14T17:00:00Z"))
    #expect(BusinessDay(of: day.end - .microseconds(1)) == day && BusinessDay(of: day.end) != day)
    #expect(day.before.description == "2026-01-13" && day.description == "2026-01-14")
    for text in ["2026-02-30", "2026-1-14", "14-01-2026", "", "2026-01-14T00"] { #expect(BusinessDay(text) == nil) }
  }

  /// Any day: what each side has differs by exactly what the differences say.
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `the sums differ by what the differences say, and every movement is counted once`(seed: UInt64) {
    var chance = SeededGenerator(state: seed)
    var own = (0..<12).map { number in
      OwnMovement(
        id: sampleID(number), reference: "inv_\(number)", name: "inv_\(number)",
        isDone: Int.random(in: 0..<5, using: &chance) > 0, isUndone: false,
        amount: Int.random(in: 1...3, using: &chance) * 1000,
        fee: Bool.random(using: &chance) ? Int.random(in: 0...1, using: &chance) : nil, at: noon)
    }
    var progress = ReconciliationProgress()
    var counts: [Mismatch: Int] = [:]
    var difference = 0
    let listed = Int.random(in: 0...30, using: &chance)
    for index in 0..<listed {
      let number = Int.random(in: 0..<15, using: &chance)
      let movement = Movement(
        id: "txn_\(index)", type: .payment, effect: .done, reference: "inv_\(number)",
        amount: Int.random(in: 1...3, using: &chance) * 1000, isIncoming: true,
        fee: Int.random(in: 0...1, using: &chance), at: noon + .hours(Int64.random(in: -40...40, using: &chance)))
      let place = OwnMovement.named(by: movement, among: own)
      let pairing = Pairing(there: movement, here: place.map { own[$0] })
      progress.count(pairing)
      if let place, pairing.isPair { own[place].pairedWith = movement.id }
      guard let mismatch = pairing.mismatch else { continue }
      counts[mismatch, default: 0] += 1
      switch mismatch {
      case .missingHere, .duplicate: difference -= movement.amount
      case .amountMismatch: difference += (pairing.here?.amount ?? 0) - movement.amount
      case .feeMismatch, .missingThere, .unmodelled: break
      }
    }
    #expect(progress.matched + counts.values.reduce(0, +) == listed, "seed \(seed)")
    #expect(progress.amountHere - progress.amountThere == difference, "seed \(seed)")
    #expect(Set(own.compactMap(\.pairedWith)).count == own.compactMap(\.pairedWith).count, "seed \(seed)")
  }
}
