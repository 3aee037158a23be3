private import Glibc

/// The files of a certificate and its key, which somebody renews from time to time.
public struct TLSSource {
  private let certificate, key: String
  private var looks: [FileLook?]
  /// By which connections were last to be made.
  public private(set) var context: TLSContext

  /// - Throws: ``TLSError`` for files that can't be used.
  public init(certificate: String, key: String) throws(TLSError) {
    (self.certificate, self.key) = (certificate, key)
    looks = [FileLook(certificate), FileLook(key)]
    context = try TLSContext(certificate: certificate, key: key)
  }

  /// Looks whether the files have changed; what a symbolic link leads to counts.
  /// - Returns: the new context; nil when all is as before.
  /// - Throws: ``TLSError``, once for each change, when the new files can't be used. The context stays as it was.
  public mutating func refresh() throws(TLSError) -> TLSContext? {
    let now = [FileLook(certificate), FileLook(key)]
    guard now != looks else { return nil }
    looks = now
    context = try TLSContext(certificate: certificate, key: key)
    return context
  }
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
