import Testing

@Suite struct `A request head` {
  @Test(arguments: [
    // method
    ("FOO / HTTP/1.1\r\nHost: h\r\n\r\n", 501, "not_implemented"),
    ("get / HTTP/1.1\r\nHost: h\r\n\r\n", 501, "not_implemented"),
    ("PROPFIND / HTTP/1.1\r\nHost: h\r\n\r\n", 501, "not_implemented"),
    ("CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 501, "not_implemented"),
    ("\u{16}\u{3}\u{1}\u{2}", 400, "bad_request"),
    // version
    ("GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505, "http_version_not_supported"),
    ("GET / HTTP/1.2\r\nHost: h\r\n\r\n", 505, "http_version_not_supported"),
    ("GET / HTTP/0.9\r\nHost: h\r\n\r\n", 505, "http_version_not_supported"),
    ("GET /\r\n\r\n", 505, "http_version_not_supported"),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http_version_not_supported"),
    ("GET / HTTX/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET / RTSP/1.0\r\nHost: h\r\n\r\n", 400, "bad_request"),
    // request line
    ("GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET /  HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1 \r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET / x HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET /\u{e9} HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET /\u{1} HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET a HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET http:///a HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET http://user@h/ HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    // lines
    ("GET / HTTP/1.1\nHost: h\n\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\n\n", 400, "bad_request"),
    ("GET / HTTP/1.1\nHost: h\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\nX:\r\n b\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n\t\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400, "bad_request"),
    ("\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request"),
    // names and values
    ("GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\nX Y: z\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\nX(: z\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\n: z\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\nX\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\nX: a\u{0}b\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\nX: a\u{1}b\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: h\r\nX: a\u{7f}b\r\n\r\n", 400, "bad_request"),
    // host
    ("GET / HTTP/1.1\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nX: y\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "bad_request"),
    ("GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", 400, "bad_request"),
    // expectation
    ("GET / HTTP/1.1\r\nHost: h\r\nExpect: tea\r\n\r\n", 417, "expectation_failed"),
  ])
  func `that breaks a rule is refused and the connection closed`(raw: String, status: Int, code: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(raw.unicodeScalars.map { UInt8($0.value) })
    let reply = try #require(client.reply())
    #expect(reply.status == status)
    #expect(reply["content-type"] == "application/problem+json")
    #expect(reply["connection"] == "close")
    #expect(reply.text.contains("\"code\":\"\(code)\""))
    #expect(client.isClosed)
  }

  @Test(arguments: [
    ("GET /a/%20b?x=1&y HTTP/1.1\r\nHost: h:80\r\n", "/a/%20b", "x=1&y", "h:80"),
    ("GET /? HTTP/1.1\r\nHost: \r\n", "/", "", ""),
    ("GET http://Other:8080/p?q HTTP/1.1\r\nHost: h\r\n", "/p", "q", "Other:8080"),
    ("GET HTTPS://other HTTP/1.1\r\nHost: h\r\n", "/", "none", "other"),
    ("GET http://other?q HTTP/1.1\r\nHost: h\r\n", "/", "q", "other"),
    ("OPTIONS * HTTP/1.1\r\nHost: h\r\n", "*", "none", "h"),
    ("GET // HTTP/1.1\r\nhOST:\t [::1]:80 \t\r\n", "//", "none", "[::1]:80"),
    ("\r\nGET / HTTP/1.1\r\nHost: h\r\n", "/", "none", "h"),
  ])
  func `is understood`(raw: String, path: String, query: String, host: String) throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send(raw + "T-Empty:\r\nT-Blank: \t \r\nT-Value:  a b \t\r\nt-utf: \u{e9}\r\n\r\n")
    let reply = try #require(client.reply())
    #expect(reply.status == 200)
    #expect(reply["x-path"] == path && reply["x-query"] == query && reply["x-host"] == host)
    #expect(reply["t-empty"] == "" && reply["t-blank"] == "" && reply["t-value"] == "a b" && reply["t-utf"] == "\u{e9}")
    #expect(client.get("/")?.status == 200)
  }

  @Test func `of a refused request says everything a problem has to say`() throws {
    let server = try TestServer()
    defer { server.stop() }
    let client = Client(server)
    client.send("GET / HTTP/3.0\r\n\r\n")
    let detail = "Only HTTP/1.0 and HTTP/1.1 are spoken here. Use HTTP/1.1."
    #expect(
      client.reply()?.text == """
        {"type":"about:blank","title":"HTTP Version Not Supported","status":505,"detail":"\(detail)","instance":null,\
        "code":"http_version_not_supported","success":false,"error":"\(detail)","details":[]}
        """)
  }
}
