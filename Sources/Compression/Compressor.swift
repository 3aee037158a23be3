private import CBrotli
private import CZlib

/// Makes bodies smaller, one at a time; what that needs is kept for the next one.
///
/// It is of one thread only.
public final class Compressor: @unchecked Sendable {
  /// Good enough to halve JSON twice, and quick enough for a loop on which others wait: 128 KiB in about a millisecond.
  private static let gzipLevel: Int32 = 4
  private static let brotliQuality: Int32 = 3
  private static let brotliWindow: Int32 = 18

  private var gzip: UnsafeMutablePointer<z_stream>?

  public init() {}

  deinit {
    guard let gzip else { return }
    deflateEnd(gzip)
    gzip.deallocate()
  }

  /// - Returns: nil when it would not become smaller.
  public func compress(_ bytes: [UInt8], as coding: ContentCoding) -> [UInt8]? {
    let result = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      bytes.withUnsafeBufferPointer { bytes in
        count =
          switch coding {
          case .gzip: deflate(bytes, into: buffer)
          case .brotli: brotli(bytes, into: buffer)
          }
      }
    }
    return result.isEmpty ? nil : result
  }

  /// - Returns: how many bytes it became; 0 when they had no room.
  private func deflate(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard let stream = readyStream() else { return 0 }
    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    stream.pointee.avail_in = UInt32(bytes.count)
    stream.pointee.next_out = buffer.baseAddress
    stream.pointee.avail_out = UInt32(buffer.count)
    return CZlib.deflate(stream, Z_FINISH) == Z_STREAM_END ? buffer.count - Int(stream.pointee.avail_out) : 0
  }

  private func readyStream() -> UnsafeMutablePointer<z_stream>? {
    if let gzip { return deflateReset(gzip) == Z_OK ? gzip : nil }
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 is the largest window; 16 more asks for the frame of gzip.
    let status = deflateInit2_(
      stream, Self.gzipLevel, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      stream.deallocate()
      return nil
    }
    gzip = stream
    return stream
  }

  private func brotli(_ bytes: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var size = buffer.count
    let isDone = BrotliEncoderCompress(
      Self.brotliQuality, Self.brotliWindow, BROTLI_MODE_TEXT, bytes.count, bytes.baseAddress, &size, buffer.baseAddress
    )
    return isDone == BROTLI_TRUE ? size : 0
  }
}
