private import CBrotliDecoder
private import CZlib
public import Compression

/// Takes a coding off a body; nil when it is not in order, or has something behind its end.
public func decode(_ bytes: [UInt8], _ coding: ContentCoding) -> [UInt8]? {
  var count = 0
  let plain = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, written in
    bytes.withUnsafeBufferPointer { bytes in
      count = coding == .gzip ? inflate(bytes, into: buffer) : brotli(bytes, into: buffer)
    }
    written = max(0, count)
  }
  return count < 0 ? nil : plain
}

private func inflate(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
  var stream = z_stream()
  guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return -1 }
  defer { inflateEnd(&stream) }
  stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
  stream.avail_in = UInt32(bytes.count)
  stream.next_out = buffer.baseAddress
  stream.avail_out = UInt32(buffer.count)
  let isWhole = CZlib.inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0
  return isWhole ? buffer.count - Int(stream.avail_out) : -1
}

private func brotli(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
  var size = buffer.count
  let result = BrotliDecoderDecompress(bytes.count, bytes.baseAddress!, &size, buffer.baseAddress!)
  return result == BROTLI_DECODER_RESULT_SUCCESS ? size : -1
}
