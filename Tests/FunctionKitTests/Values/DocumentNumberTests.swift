import FunctionKit
import Testing

@Suite struct DocumentNumberTests {
  @Test func `it carries the day that it is in Jakarta`() throws {
    let lateEvening = try #require(Instant("2026-01-14T17:00:00Z"))
    #expect(DocumentNumber("PAY").draw(at: lateEvening, random: 0) == "PAY-20260115-00000")
    #expect(DocumentNumber("REF").draw(at: lateEvening - .seconds(1), random: .max) == "REF-20260114-ZZZZZ")
  }

  @Test func `its letters can't be misread`() {
    for random in UInt64(0)..<32 {
      let letter = DocumentNumber("COM").draw(at: Instant(seconds: 0), random: random).dropFirst(13).first
      #expect(!"ILOU".contains(letter ?? "I"))
    }
  }
}
