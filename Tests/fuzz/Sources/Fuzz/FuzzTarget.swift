/// Paths and queries are decoded or refused, and what is decoded has no zero byte.
func fuzzTarget(_ input: [UInt8]) {
  let path = try? RequestParts.path(["a"], [input[...]])
  let query = (try? RequestParts.query(input[...])) ?? []
  for part in (path ?? []) + query {
    precondition(!part.name.utf8.contains(0) && !part.value.utf8.contains(0), "a zero byte has come through")
  }
}
