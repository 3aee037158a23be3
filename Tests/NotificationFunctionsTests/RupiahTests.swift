import Testing

@testable import NotificationFunctions

@Suite struct RupiahTests {
  @Test(arguments: [
    (0, "Rp 0"), (5, "Rp 5"), (999, "Rp 999"), (1000, "Rp 1.000"), (279_250, "Rp 279.250"),
    (1_234_567_890, "Rp 1.234.567.890"), (-1500, "-Rp 1.500"), (Int.min, "-Rp 9.223.372.036.854.775.808"),
  ]) func `thousands are parted by dots`(amount: Int, text: String) {
    #expect(rupiahText(amount) == text)
  }
}
