import Compression
import DecodingTesting
import Testing

@Suite struct `What a client accepts` {
  @Test(
    arguments: [
      ("gzip, deflate, br, zstd", ContentCoding.brotli, true), ("gzip", .gzip, true), ("x-gzip", .gzip, true),
      ("GZIP", .gzip, true), ("*", .brotli, true), ("br;q=0.5, gzip;q=0.8", .gzip, true),
      ("gzip;q=1.0, *;q=0", .gzip, false), ("identity;q=0, gzip", .gzip, false), ("br;q=0, *;q=0.1", .gzip, true),
      ("gzip ; q=0.3 ,identity;q=0.3", .gzip, true), ("gzip;q=0.001", .gzip, true), ("gzip,,br;q=0.9", .gzip, true),
    ] as [(String, ContentCoding, Bool)])
  func `is coded`(header: String, coding: ContentCoding, takesIdentity: Bool) {
    let accepted = AcceptEncoding(header)
    #expect(accepted.preferred == coding && accepted.takesIdentity == takesIdentity)
  }

  @Test(arguments: [
    ("", true), ("identity", true), ("deflate, zstd", true), ("gzip;q=0, br;q=0", true), ("*;q=0", false),
    ("identity;q=0", false), ("identity;q=1, gzip;q=0.5", true), ("gzip;q=high", true), ("gzip;q=2", true),
    ("gzip;q=-1", true), ("gzip;q=nan", true), (";q=1", true), (",", true),
  ])
  func `is not coded`(header: String, takesIdentity: Bool) {
    let accepted = AcceptEncoding(header)
    #expect(accepted.preferred == nil && accepted.takesIdentity == takesIdentity)
  }
}

@Suite struct `A body that is compressed` {
  private static let text = (0..<400).map { #"{"id":\#($0),"name":"Kelurahan \#($0 * 7 % 31)"}"# }.joined(
    separator: ",")

  @Test(arguments: ContentCoding.allCases) func `is smaller and says the same`(coding: ContentCoding) throws {
    let (compressor, bytes) = (Compressor(), Array(Self.text.utf8))
    for _ in 0..<3 {
      let coded = try #require(compressor.compress(bytes, as: coding))
      #expect(coded.count < bytes.count / 4)
      #expect(decode(coded, coding) == bytes)
    }
  }

  @Test(arguments: ContentCoding.allCases) func `is left as it is when that is no gain`(coding: ContentCoding) {
    let compressor = Compressor()
    #expect(compressor.compress([], as: coding) == nil)
    #expect(compressor.compress([1], as: coding) == nil)
    var generator = SystemRandomNumberGenerator()
    let noise = (0..<4096).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
    #expect(compressor.compress(noise, as: coding) == nil)
    #expect(compressor.compress(Array(Self.text.utf8), as: coding) != nil, "the next one is not the worse for it")
  }
}
