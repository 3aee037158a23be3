/// What an address says, with what was found out about its place.
struct CheckedAddress: Sendable {
  var content: AddressContent
  /// Nil when the place is as it was, and so not looked at again.
  var check: Check?

  struct Check: Sendable {
    var confidence: Int
    var warnings: [Warning]
    var datasetVersion: Int

    init(_ verdict: PlaceVerdict, _ facts: RegionFacts) {
      confidence = verdict.confidence
      warnings = verdict.warnings
      datasetVersion = facts.version
    }
  }
}
