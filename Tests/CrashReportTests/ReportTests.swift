import CrashReport
import Testing

@Suite struct `A crash report` {
  @Test func `says whose crash it was, and where`() throws {
    let line =
      "crash 3 signal=4 fate=contained address=0x55aa mark=payment/ChargeCard:018f-1:a stack=0x55aa,0x7f00ff callers=0x1\n"
    let report = try #require(CrashReport(line))
    #expect(report.kind == .crash && report.number == 3 && report.signal == 4 && report.isContained)
    #expect(report.bundle == "payment" && report.function == "ChargeCard" && report.requestID == "018f-1:a")
    #expect(report.address == 0x55AA && report.stack == [0x55AA, 0x7F_00FF] && report.callers == [1])
  }

  @Test func `may be of no invocation`() throws {
    let report = try #require(CrashReport("hang 1 signal=12 fate=fatal address=0x0 mark=- stack=0x1"))
    #expect(report.kind == .hang && !report.isContained)
    #expect(report.function == nil && report.requestID == nil)
  }

  @Test(arguments: [
    "", "crash", "crash x signal=4 mark=- stack=0x1", "fine 1 signal=4 mark=- stack=0x1", "crash 1 mark=- stack=0x1",
    "crash 1 signal=4 stack=0x1", "crash 1 signal=4 mark=-",
  ])
  func `is nothing else`(line: String) { #expect(CrashReport(line) == nil) }
}
