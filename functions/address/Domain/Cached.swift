import FunctionKit

/// A reply that browsers and proxies may keep for a day: regions change about once a year.
func cachedForADay<Value>(_ value: Value) -> Reply<Value> {
  Reply(value, headers: [(name: "cache-control", value: "public, max-age=86400")])
}

/// A part of a name to look for, or nothing.
func checkNamePart(_ text: String?) throws {
  var validation = Validation()
  validation.text(text, "q", length: nameLength)
  try validation.finish()
}

let nameLength = 1...100
