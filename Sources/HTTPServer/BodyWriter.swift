/// Writes a streamed response body, no faster than the client reads it.
public struct BodyWriter: Sendable {
  /// The client is gone, or was cut because it did not read.
  public struct Disconnected: Error {}

  /// A writer waits once so many bytes have not been taken by the kernel.
  static let highWater = 256 * 1024

  let body: StreamedBody

  /// Sends the bytes; suspends while too much of what was sent before is still on its way.
  /// - Throws: ``Disconnected`` when nobody reads any more.
  public func write(_ bytes: [UInt8]) async throws {
    var start = 0
    while start < bytes.count {
      let end = min(start + Connection.pieceSize, bytes.count)
      try await body.write(bytes.count <= Connection.pieceSize ? bytes : Array(bytes[start..<end]))
      start = end
    }
  }

  public func write(_ text: String) async throws { try await write(Array(text.utf8)) }
}
