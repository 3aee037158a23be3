import HTTPServer
import Manifest
import Testing

@testable import Gateway

@Suite struct `The route table` {
  @Test func `a literal wins over a parameter, whichever was added first`() {
    for routes in [["GET /a/:id", "GET /a/new"], ["GET /a/new", "GET /a/:id"]] {
      #expect(found("GET /a/new", in: routes) == "GET /a/new")
      #expect(found("GET /a/old", in: routes) == "GET /a/:id old")
    }
  }

  @Test func `where a literal leads nowhere the parameter is tried, and its value is the only one kept`() {
    let routes = ["GET /a/new/draft", "GET /a/:id/items/:item", "GET /:area/new/rest"]
    #expect(found("GET /a/new/items/7", in: routes) == "GET /a/:id/items/:item new,7")
    #expect(found("GET /a/new/rest", in: routes) == "GET /:area/new/rest a")
    #expect(found("GET /a/new/other", in: routes) == nil)
  }

  @Test func `a literal that lacks the method does not hide the parameter that has it`() {
    let routes = ["POST /a/search", "GET /a/:id"]
    #expect(found("GET /a/search", in: routes) == "GET /a/:id search")
    #expect(found("POST /a/search", in: routes) == "POST /a/search")
    #expect(found("DELETE /a/search", in: routes) == "405 GET, HEAD, POST")
  }

  @Test(arguments: ["/a/", "//a", "/a//b", "/", "", "a", "/a/b/", "//", "/A"])
  func `an empty segment, a slash at the end and another case are other paths`(path: String) {
    #expect(found("GET \(path)", in: ["GET /a", "GET /a/b", "GET /a/:x/b", "GET /:x/c"]) == nil)
  }

  @Test func `the root is a route like any other`() {
    #expect(found("GET /", in: ["GET /"]) == "GET /")
    #expect(found("GET /", in: ["GET /:x"]) == nil)
  }

  @Test func `HEAD is answered like GET, and other methods are told apart`() {
    let routes = ["GET /a", "POST /a", "DELETE /b"]
    #expect(found("HEAD /a", in: routes) == "GET /a")
    #expect(found("POST /a", in: routes) == "POST /a")
    #expect(found("PUT /a", in: routes) == "405 GET, HEAD, POST")
    #expect(found("HEAD /b", in: routes) == "405 DELETE")
  }

  @Test func `the first of two routes for one request stays`() {
    #expect(found("GET /a/1", in: ["GET /a/:x", "GET /a/:y"]) == "GET /a/:x 1")
  }

  @Test func `finding a route among twenty thousand costs what it costs among twenty`() {
    let few = time(routes: 20), many = time(routes: 20_000)
    #expect(many < few * 20)
  }
}

/// The time that a thousand look-ups take, spread over all routes.
private func time(routes: Int) -> Duration {
  var table = RouteTable()
  let action = RouteAction.endpoint(endpoint("GET /"))
  for number in 0..<routes { table.add(.get, [.literal("area\(number)"), .parameter("id")], action) }
  let paths = (0..<1000).map { Array("/area\($0 * routes / 1000)/7".utf8)[...] }
  var hits = 0
  let time = ContinuousClock().measure {
    for path in paths { if case .found = table.match(.get, path) { hits += 1 } }
  }
  #expect(hits == 1000)
  return time
}
