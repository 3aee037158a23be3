import Testing

@testable import FunctionKit

@Suite struct `A service's answer` {
  private struct Quote: Decodable, Equatable { var zone: String }

  private let request = ServiceRequest(
    service: "address", method: .get, target: "/quote?secret=1", body: nil, key: nil, user: nil, timeout: nil,
    retries: 0)

  private func read<Answer: Decodable>(
    _ status: Int, _ body: String, as type: Answer.Type = Answer.self
  ) throws -> Answer {
    try request.read(RawReply(status: status, body: Array(body.utf8)))
  }

  @Test func `is read from its data`() throws {
    #expect(try read(201, #"{"success":true,"data":{"zone":"Z1","more":1}}"#) == Quote(zone: "Z1"))
    #expect(try read(200, #"{"success":true,"data":null}"#, as: Quote?.self) == nil)
    _ = try read(204, "", as: Nothing.self)
  }

  @Test func `is read as a page with its cursor`() throws {
    let page: ServiceList<Int> = try read(200, #"{"success":true,"data":[1,2],"meta":{"nextCursor":"c"}}"#)
    #expect(page.items == [1, 2])
    #expect(page.nextCursor == "c")
    #expect(try read(200, #"{"data":[],"meta":{"nextCursor":null}}"#, as: ServiceList<Int>.self).nextCursor == nil)
  }

  @Test func `is an error with all that the problem says`() {
    let body = #"{"status":422,"code":"no","detail":"No.","details":[{"field":"a","message":"is b","code":"c"}]}"#
    #expect(
      throws: ServiceError(
        "address", 422, "no", "No.", details: [FieldError(field: "a", message: "is b", code: "c")], mayHaveActed: false)
    ) {
      try read(422, body, as: Quote.self)
    }
  }

  @Test(arguments: [(200, "{}"), (200, "no"), (200, #"{"data":{"zone":1}}"#), (502, "<html>"), (301, "")])
  func `is an error when it can't be read, and the query stays secret`(status: Int, body: String) throws {
    let error = try #require(throws: ServiceError.self) { try read(status, body, as: Quote.self) }
    #expect(error.code == "unexpected_answer")
    #expect(error.detail.contains("address GET /quote"))
    #expect(!error.detail.contains("secret"))
  }
}
