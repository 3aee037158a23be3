import Testing

@testable import FaultTesting

/// Which fault happens where depends on the seed alone.
@Suite struct `The plan of faults` {
  private func decisions(_ seed: UInt64) -> [String] {
    let plan = FaultPlan(seed: seed)
    return (1...2000).map { number in
      let upheaval = plan.upheaval(afterFault: number).map { "\($0.upheaval) after \($0.pause)" }
      return "\(plan.cut(atStatement: number)?.rawValue ?? "-") \(plan.fault(ofCall: number)?.rawValue ?? "-")"
        + " \(plan.fault(ofDelivery: number)?.rawValue ?? "-") \(upheaval ?? "-")"
    }
  }

  @Test func `the same seed decides the same`() {
    #expect(decisions(42) == decisions(42))
  }

  @Test func `the decisions of seed 42 stay what they are from one version to the next`() {
    let plan = FaultPlan(seed: 42)
    let cuts = (1...400).compactMap { number in plan.cut(atStatement: number).map { "\(number) \($0.rawValue)" } }
    #expect(
      cuts == [
        "127 cut before", "157 cut after", "171 cut after", "249 cut unanswered", "285 cut unanswered",
        "304 cut before",
      ])
  }

  @Test func `another seed decides otherwise`() {
    #expect(decisions(42) != decisions(43))
  }

  @Test func `every kind comes about as often as the odds say`() {
    let plan = FaultPlan(seed: 1)
    let cuts = (1...120_000).compactMap(plan.cut(atStatement:))
    #expect((800...1200).contains(cuts.count))
    for cut in Cut.allCases { #expect(cuts.count { $0 == cut } > 200) }
    let calls = (1...4000).compactMap(plan.fault(ofCall:))
    for fault in CallFault.allCases { #expect(calls.count { $0 == fault } > 100) }
    let deliveries = (1...4000).compactMap(plan.fault(ofDelivery:))
    for fault in DeliveryFault.allCases { #expect(deliveries.count { $0 == fault } > 100) }
    let upheavals = (1...4000).compactMap { plan.upheaval(afterFault: $0)?.upheaval }
    for upheaval in Upheaval.allCases { #expect(upheavals.count { $0 == upheaval } > 10) }
  }

  @Test func `with kills alone nothing else happens, and one follows the other`() {
    let plan = FaultPlan(seed: 7, odds: .killsAlone)
    #expect((1...1000).compactMap(plan.cut(atStatement:)).isEmpty)
    #expect((1...1000).compactMap(plan.fault(ofDelivery:)).isEmpty)
    #expect((0...100).allSatisfy { plan.upheaval(afterFault: $0)?.upheaval == .kill })
  }

  @Test func `a course ends with the last fault that was asked for, and rests while it is off`() {
    var odds = FaultOdds()
    odds.statement = 1
    var course = FaultCourse(.plan(FaultPlan(seed: 3, odds: odds), most: 2))
    let statement = Statement(database: "payment", text: "select 1", place: 1)
    #expect(course.cut(at: statement) == nil)
    course.isOn = true
    #expect(course.cut(at: statement) != nil && course.cut(at: statement) != nil)
    #expect(course.isOver && course.cut(at: statement) == nil)
    #expect(course.log.count == 2 && course.log.lines.count == 2)
  }
}

/// One cut in every place and way, one a round.
@Suite struct `The search for places to cut` {
  private let places = (1...3).map { Statement(database: "payment", text: "select \($0)", place: UInt64($0) &* 7919) }

  private func rounds(_ search: CutSearch) -> [String] {
    var (search, cuts) = (search, [String]())
    repeat {
      search.beginRound()
      for place in places { if let cut = search.cut(at: place) { cuts.append("\(place.text) \(cut)") } }
    } while search.hasCut
    return cuts
  }

  @Test func `each place is cut in each way, and then there is none left`() {
    let cuts = rounds(CutSearch(seed: 1, share: 1))
    #expect(cuts.count == 9 && Set(cuts).count == 9)
  }

  @Test func `a share of the places is chosen by the seed`() {
    let some = (1...20).map { rounds(CutSearch(seed: $0, share: 0.3)) }
    #expect(some.allSatisfy { $0.count < 9 } && Set(some).count > 5)
    #expect(rounds(CutSearch(seed: 5, share: 0.3)) == rounds(CutSearch(seed: 5, share: 0.3)))
  }
}
