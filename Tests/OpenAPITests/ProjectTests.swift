import Foundation
import FunctionKit
import Manifest
import OpenAPI
import Testing

/// After a change that is meant, `UPDATE_GOLDEN=1` rewrites the golden document, and its difference is what to review.
@Suite struct `The project's bundles` {
  @Test func `are described without a gap`() throws {
    let bundles = try described()
    #expect(bundles.count == 5)
    for bundle in bundles { #expect(bundle.unknown == []) }
  }

  @Test func `have a document that is as agreed`() throws {
    let document = APIDescription(
      title: "payment-service", version: "1", try described("payment"), for: .service
    ).document
    let golden = testFolder.appending(path: "Golden/payment.json")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      let plain = try JSONSerialization.jsonObject(with: Data(document.serialized()))
      let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try JSONSerialization.data(withJSONObject: plain, options: options).write(to: golden)
    }
    let expected = try JSON.parse(Array(Data(contentsOf: golden)))
    #expect(document == expected)
  }
}
