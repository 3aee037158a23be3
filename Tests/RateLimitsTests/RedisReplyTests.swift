import Testing

@testable import RateLimits

@Suite struct `Replies of Redis` {
  private func feed(_ text: String, by size: Int) throws -> [RedisReply] {
    var (replies, found) = (RedisReplies(), [RedisReply]())
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      let part = Array(bytes[start..<min(bytes.count, start + size)])
      replies.append(part.span.bytes)
      while let reply = try replies.read() { found.append(reply) }
    }
    return found
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func `are put together however they are cut`(_ size: Int) throws {
    let text = "+OK\r\n-NOSCRIPT No\r\n:-12\r\n$5\r\na\r\nbc\r\n$-1\r\n*3\r\n:0\r\n:7\r\n$0\r\n\r\n+next\r\n"
    #expect(
      try feed(text, by: size) == [
        .status("OK"), .error("NOSCRIPT No"), .integer(-12), .text("a\r\nbc"), .text(nil),
        .array([.integer(0), .integer(7), .text("")]), .status("next"),
      ])
  }

  @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n", ":x\r\n", "$99999999\r\n", "*1\r\n*1\r\n*1\r\n:1\r\n"])
  func `that are none are refused`(_ text: String) {
    #expect(throws: RedisReply.Malformed.self) { try feed(text, by: 1000) }
  }

  @Test func `answer claims only when they fit them`() throws {
    let rate = Rate(requests: 60, per: .seconds(60), burst: 5)
    let claims = [RateClaim(1, in: 7, rate), RateClaim(2, in: 7, rate)]
    let all = try #require(RateVerdict(.array([.integer(0), .integer(1_000_000), .integer(5_000_000)]), to: claims))
    #expect(all.standings.map(\.isAllowed) == [true, true] && all.standings.map(\.remaining) == [4, 0])
    let second = try #require(RateVerdict(.array([.integer(2), .integer(0), .integer(4_500_000)]), to: claims))
    #expect(second.standings.map(\.isAllowed) == [true, false] && second.standings[1].wait == 500_000_000)
    #expect(try #require(RateVerdict(.array([.integer(1), .integer(5_000_000)]), to: claims)).standings.count == 1)
    for reply in [
      RedisReply.array([]), .integer(0), .array([.integer(0), .integer(1)]), .array([.integer(3), .integer(1)]),
      .array([.integer(-1)]), .array([.integer(0), .integer(-1), .integer(1)]),
    ] { #expect(RateVerdict(reply, to: claims) == nil) }
  }

  @Test func `come from where the URL says`() throws {
    let full = try RedisAddress("redis://lakoo:s%40fe@redis.internal:6380/3")
    #expect(full.host == "redis.internal" && full.port == 6380 && full.database == 3)
    #expect(full.user == "lakoo" && full.password == "s@fe")
    let short = try RedisAddress("redis://[::1]")
    #expect(short.host == "::1" && short.port == 6379 && short.user == nil && short.password == nil)
    for url in ["", "http://a", "redis://", "redis://a:0", "redis://a:70000", "redis://a/x", "rediss://:geheim@a"] {
      let error = #expect(throws: RedisAddressError.self) { try RedisAddress(url) }
      #expect(error?.description.contains("geheim") == false)
    }
    #expect(throws: RedisAddressError.self) { try RedisAddress("redis://:%zz@a") }
  }
}
