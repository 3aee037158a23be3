import Manifest
import Testing

@Suite struct LibraryTests {
  private let cart = parseBundle(
    yaml: """
      bundle: cart
      summary: Carts.
      version: 1
      port: 3001
      database: cart_db
      endpoints:
        AddLien: { route: POST /lines, access: user }
        GetCart: { route: GET /cart, access: user }
      events:
        EmptyCart: { on: order.created }
      """, file: "cart.yaml"
  ).manifest

  @Test func `a library with just these functions has nothing said about it`() throws {
    let functions = [("GetCart", "endpoint"), ("AddLien", "endpoint"), ("EmptyCart", "event")]
    #expect(try said(functions) == "")
  }

  @Test func `a misspelt name is told once, with the name that was meant`() throws {
    let functions = [("AddLine", "endpoint"), ("GetCart", "endpoint"), ("EmptyCart", "event")]
    #expect(
      try said(functions) == "cart.yaml:7:3: no function named 'AddLien' in CartFunctions; did you mean 'AddLine'?")
  }

  @Test func `functions missing on either side, and of the wrong kind`() throws {
    let functions = [("GetCart", "cron"), ("EmptyCart", "event"), ("MergeCarts", "webhook"), ("Purge", "cron")]
    #expect(
      try said(functions) == """
        cart.yaml:1:9: CartFunctions has a webhook 'MergeCarts' that no entry wires; add it under webhooks
        cart.yaml:1:9: CartFunctions has a cron function 'Purge' that no entry wires; add it under crons
        cart.yaml:7:3: no function named 'AddLien' in CartFunctions; add it to the library or take it out of the \
        manifest
        cart.yaml:8:3: 'GetCart' is listed under endpoints but is a cron function; move it to crons
        """)
  }

  private func said(_ functions: [(String, String)]) throws -> String {
    let functions = functions.map { (name: $0.0, kind: $0.1) }
    return checkLibrary(try #require(cart), functions: functions).map(\.description).joined(separator: "\n")
  }
}
