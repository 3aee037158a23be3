import FunctionKit

extension Context {
  /// A reply that browsers and proxies may keep for a day, and then ask whether it still holds: regions change about once
  /// a year.
  func cachedForADay<Value>(_ value: Value) async throws -> Reply<Value> {
    let edition: String = try await db.one(
      "select version || '.' || edition from region_dataset where status = 'active'")
    return AddressFunctions.cachedForADay(value, edition: edition)
  }
}

func cachedForADay<Value>(_ value: Value, edition: String? = nil) -> Reply<Value> {
  let tag = edition.map { [(name: "etag", value: "\"\($0)\"")] } ?? []
  return Reply(value, headers: tag + [(name: "cache-control", value: "public, max-age=86400")])
}

/// A part of a name to look for, or nothing.
func checkNamePart(_ text: String?) throws {
  var validation = Validation()
  validation.text(text, "q", length: nameLength)
  try validation.finish()
}

let nameLength = 1...100
