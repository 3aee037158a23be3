/// Why a bundle file can't be used, or a release can't be kept: what happened, where, and what to do.
public struct BundleFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What the caller can branch on.
  public enum Code: String, Sendable, Hashable {
    /// The file can't be opened or read.
    case unreadable
    case notABundle
    case truncated
    /// Its content is not what its index says.
    case damaged
    case unknownFormat
    /// It holds a path that is not the bundle's own.
    case foreignPath
    /// It has no library or no manifest.
    case incomplete
    /// The disk is full.
    case noSpace
    /// The disk refuses for another reason.
    case notWritten
  }

  public let code: Code
  public let message: String

  public var description: String { message }

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Tells a full disk from other failures, and how much room what was being written takes.
  init(_ error: DiskError, writing what: String, bytes: Int, in directory: String) {
    if error.isFull {
      let need = "\(what) needs \(grouped(bytes)) bytes in \(directory)"
      self.init(.noSpace, "\(need), and the disk is full; make room there and try again")
    } else {
      self.init(
        .notWritten, "\(what) can't be written to \(directory): \(error); let the host write there and try again")
    }
  }
}

/// `88120` as `88,120`.
func grouped(_ number: Int) -> String {
  let digits = Array(String(number))
  let parts = digits.indices.map { index in
    index > 0 && (digits.count - index) % 3 == 0 ? ",\(digits[index])" : "\(digits[index])"
  }
  return parts.joined()
}

/// The last part of a path, which is what people call a file.
func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
