/// Numbers that depend on a seed, a purpose and a place, and on nothing else: what was drawn elsewhere, or in which order,
/// changes nothing.
struct SeededGenerator: RandomNumberGenerator, Sendable {
  enum Purpose: UInt64 {
    case statement = 1
    case call, delivery, upheaval, scenario, search
  }

  private var state: UInt64

  init(seed: UInt64, _ purpose: Purpose, _ place: UInt64) {
    state = seed
    state = next() ^ purpose.rawValue
    state = next() ^ place
  }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// True with a probability of 0 to 1.
  mutating func chance(_ probability: Double) -> Bool { Double(next() >> 11) * 0x1p-53 < probability }

  /// 0 up to, and without, the limit.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }
}
