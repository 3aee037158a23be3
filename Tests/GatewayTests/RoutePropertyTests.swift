import Testing

@testable import Gateway

@Suite struct `The route table, against a plain reading of its rules` {
  private static let methods = ["GET", "POST"]
  private static let words = ["a", "b", ":part"]

  @Test(arguments: 0..<40)
  func `it finds what one would find by trying every route`(seed: UInt64) {
    var random = Random(state: seed)
    let count = Int.random(in: 1...12, using: &random)
    var routes: [String] = []
    for route in (0..<count).map({ _ in Self.route(from: Self.words, &random) }) where !routes.contains(route) {
      routes.append(route)
    }
    let table = table(routes)
    for _ in 0..<60 {
      let request = Self.route(from: ["a", "b", "c"], &random)
      #expect(found(request, in: table) == Self.expected(request, among: routes), "\(request) among \(routes)")
    }
  }

  private static func route(from words: [String], _ random: inout Random) -> String {
    var path = ""
    for position in 0..<Int.random(in: 1...4, using: &random) {
      let word = words.randomElement(using: &random)!
      path += word == ":part" ? "/:part\(position)" : "/\(word)"
    }
    return "\(methods.randomElement(using: &random)!) \(path)"
  }

  /// Of the routes that match, the one that is literal where they first differ.
  private static func expected(_ request: String, among routes: [String]) -> String? {
    let wanted = parts(request)
    let matching = routes.map(parts).filter { fits($0, wanted) }
    let own = matching.filter { $0[0] == wanted[0] }
    guard let best = own.min(by: { rank($0).lexicographicallyPrecedes(rank($1)) }) else {
      let others = matching.flatMap { $0[0] == "GET " ? ["GET", "HEAD"] : ["POST"] }
      return others.isEmpty ? nil : "405 \(Set(others).sorted().joined(separator: ", "))"
    }
    let values = zip(best, wanted).filter { isParameter($0.0) }.map(\.1)
    let list = values.joined(separator: ",")
    return best.joined(separator: "/") + (list.isEmpty ? "" : " \(list)")
  }

  /// The method with a blank, then the segments.
  private static func parts(_ route: String) -> [Substring] {
    route.split(separator: "/", omittingEmptySubsequences: false)
  }

  private static func fits(_ route: [Substring], _ wanted: [Substring]) -> Bool {
    guard route.count == wanted.count else { return false }
    return (1..<route.count).allSatisfy { isParameter(route[$0]) || route[$0] == wanted[$0] }
  }

  private static func isParameter(_ segment: Substring) -> Bool { segment.hasPrefix(":") }

  private static func rank(_ route: [Substring]) -> [Int] { route.map { isParameter($0) ? 1 : 0 } }
}
