private import Glibc

/// The files of a certificate and its key, which somebody renews from time to time.
public struct TLSSource: Sendable {
  private let certificate, key: String
  private var looks: [FileLook?]
  /// What the context was made from.
  public private(set) var pair: PEMPair
  /// By which connections were last to be made.
  public private(set) var context: TLSContext

  /// - Parameter kept: what to speak by while the files can't be used; the first refresh tells why they can't.
  /// - Throws: ``TLSError`` for files that can't be used, when nothing is kept.
  public init(certificate: String, key: String, orElse kept: PEMPair? = nil) throws(TLSError) {
    (self.certificate, self.key) = (certificate, key)
    looks = [FileLook(certificate), FileLook(key)]
    do throws(TLSError) {
      (pair, context) = try read(certificate, key)
    } catch {
      guard let kept else { throw error }
      (looks, pair, context) = ([], kept, try TLSContext(kept))
    }
  }

  public func isOf(certificate: String, key: String) -> Bool { (self.certificate, self.key) == (certificate, key) }

  /// Looks whether the files have changed; what a symbolic link leads to counts.
  /// - Returns: the new context; nil when all is as before.
  /// - Throws: ``TLSError``, once for each change, when the new files can't be used. The context stays as it was.
  public mutating func refresh() throws(TLSError) -> TLSContext? {
    let now = [FileLook(certificate), FileLook(key)]
    guard now != looks else { return nil }
    looks = now
    (pair, context) = try read(certificate, key)
    return context
  }
}

private func read(_ certificate: String, _ key: String) throws(TLSError) -> (PEMPair, TLSContext) {
  let pair = try PEMPair(certificate: certificate, key: key)
  let context = try TLSContext(pair)
  try context.checkTime(certificate)
  return (pair, context)
}

/// What tells one state of a file from another.
private struct FileLook: Equatable {
  private let numbers: [Int]

  /// Nil for a file that is not there.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    numbers = [
      Int(status.st_ino), status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec,
      status.st_ctim.tv_nsec,
    ]
  }
}
