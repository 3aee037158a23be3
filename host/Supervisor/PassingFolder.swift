extension Settings {
  /// A folder for what is a release in a moment, which nobody else has and which is gone afterwards.
  func withPassingFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = "\(stateDirectory)/received/\(UInt32.random(in: 0 ... .max))"
    try makeFolder(folder)
    defer { try? removeTree(folder) }
    return try body(folder)
  }
}
