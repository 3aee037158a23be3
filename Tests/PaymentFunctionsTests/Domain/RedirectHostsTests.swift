import Testing

@testable import PaymentFunctions

@Suite struct RedirectHostsTests {
  private static let hosts = RedirectHosts("lakoo.id *.lakoo.id localhost")

  @Test(arguments: [
    "https://lakoo.id", "https://LAKOO.id/orders?paid=1#top", "https://toko.lakoo.id/", "https://a.b.lakoo.id:8443/x",
    "https://localhost:3000/done",
  ])
  func `a host that is listed is let in`(url: String) { #expect(Self.hosts.allow(url)) }

  @Test(arguments: [
    "http://lakoo.id", "https://evil.test", "https://evillakoo.id", "https://lakoo.id.evil.test",
    "https://lakoo.id@evil.test/", "https://lakoo.id:x@evil.test/", "https://evil.test\\@lakoo.id/",
    "https://evil.test\\.lakoo.id/", "https://evil.test#.lakoo.id", "https://evil.test?.lakoo.id",
    "https://lakoo.id:99999/", "https://", "https:///lakoo.id", "https://[::1]/", "https://lakoo.id /",
    "https://\u{43B}akoo.id", "//lakoo.id", "javascript:alert(1)", "https://.lakoo.id@evil.test",
  ])
  func `all others, and what is read in more than one way, are not`(url: String) { #expect(!Self.hosts.allow(url)) }

  @Test func `an empty list lets none in`() { #expect(!RedirectHosts("").allow("https://lakoo.id")) }
}
