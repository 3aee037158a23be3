internal import FunctionKit
internal import HTTPServer

/// A request's token, and how it came.
enum Bearer {
  case none
  case header(ArraySlice<UInt8>)
  /// Browsers send a cookie by themselves, whoever wrote the page that asks them to.
  case cookie(ArraySlice<UInt8>)

  /// The header is what the client itself has written, and counts before the cookie.
  /// - Throws: ``Problem`` 401 for what comes twice and so could mean two things.
  init(of headers: Headers, cookie name: String?) throws(Problem) {
    if headers.firstBytes("authorization") != nil {
      guard let value = headers.onlyBytes("authorization") else { throw Bearer.twice("Authorization") }
      self = Bearer.token(value).map(Bearer.header) ?? .none
    } else {
      self = try name.flatMap { name throws(Problem) in try Bearer.cookie(name, headers) } ?? .none
    }
  }

  /// What follows `Bearer`; nil for another scheme.
  private static func token(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let scheme = value.prefix { $0 != UInt8(ascii: " ") }
    guard scheme.elementsEqual("bearer".utf8, by: { $0 | 0x20 == $1 }) else { return nil }
    return value[scheme.endIndex...].drop { $0 == UInt8(ascii: " ") }
  }

  private static func cookie(_ name: String, _ headers: Headers) throws(Problem) -> Bearer? {
    let pairs: [Substring] = headers.all("cookie").flatMap { line in
      line.split(separator: ";").map { pair in pair.drop { $0 == " " } }
    }
    let values = pairs.filter { $0.hasPrefix("\(name)=") }
    guard values.count < 2 else { throw twice("The cookie \(name)") }
    return values.first.map { .cookie(ArraySlice(Array($0.utf8.dropFirst(name.utf8.count + 1)))) }
  }

  private static func twice(_ what: String) -> Problem {
    var problem = Problem(401, "unauthenticated", "\(what) was sent more than once; send it once.")
    problem.challenge = #"error="invalid_request", error_description="\#(problem.detail)""#
    return problem
  }
}
