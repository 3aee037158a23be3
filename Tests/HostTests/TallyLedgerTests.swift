import Runtime
import Testing

@testable import lakoo

@Suite struct `The sum of what workers have counted` {
  private func tally(_ runs: Int) -> WorkerCounts {
    var tally = FunctionTally(bundle: "desk", function: "Ask", trigger: "endpoint")
    for _ in 0..<runs { tally.add("200", milliseconds: 3) }
    var counts = WorkerCounts(functions: [tally])
    counts.gauges.connections = runs
    return counts
  }

  @Test func `takes each worker's latest word, not every word`() {
    var ledger = TallyLedger()
    ledger.told(tally(2), by: 1)
    ledger.told(tally(5), by: 1)
    ledger.told(tally(4), by: 2)
    #expect(ledger.sums == tally(9))
  }

  @Test func `does not fall when a worker ends`() {
    var ledger = TallyLedger()
    ledger.told(tally(2), by: 1)
    ledger.workerEnded(1)
    ledger.workerEnded(1)
    #expect(ledger.sums.functions == tally(2).functions)
    ledger.told(tally(1), by: 2)
    #expect(ledger.sums.functions == tally(3).functions)
  }

  @Test func `keeps nothing of what rises and falls in a worker that has ended`() {
    var ledger = TallyLedger()
    ledger.told(tally(2), by: 1)
    ledger.told(tally(5), by: 2)
    #expect(ledger.sums.gauges.connections == 7)
    ledger.workerEnded(1)
    #expect(ledger.sums.gauges.connections == 5)
  }
}
