import Glibc

/// A folder of one supervisor for its workers' own sockets: short, because a socket's path must be, and nobody else's.
struct SocketDirectory: Sendable {
  let folder: String
  /// Where the folder of a host that was killed can be found.
  private let link: String

  init(_ settings: Settings) throws {
    link = "\(settings.stateDirectory)/sockets"
    SocketDirectory.removeLeftOver(link)
    var template = Array("/tmp/lakoo-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw Refusal("no folder can be made in /tmp for the workers' sockets: \(errorText())", exitCode: 1)
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard unsafe symlink(folder, link) == 0 else {
      let reason = errorText()
      _ = unsafe rmdir(folder)
      throw Refusal("\(link) can't be made: \(reason)", exitCode: 1)
    }
  }

  /// The one of the program whose place this one has taken.
  init(_ settings: Settings, adopting folder: String) {
    link = "\(settings.stateDirectory)/sockets"
    self.folder = folder
  }

  func path(_ id: Int) -> String { "\(folder)/\(id)" }

  func remove(_ path: String) { _ = unsafe unlink(path) }

  func close() { SocketDirectory.removeLeftOver(link) }

  private static func removeLeftOver(_ link: String) {
    guard let folder = unsafe realpath(link, nil) else {
      _ = unsafe unlink(link)
      return
    }
    defer { unsafe free(folder) }
    let path = unsafe String(cString: folder)
    if path.hasPrefix("/tmp/lakoo-"), let directory = unsafe opendir(path) {
      while let entry = unsafe readdir(directory) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
          unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if !name.hasPrefix(".") { _ = unsafe unlink("\(path)/\(name)") }
      }
      unsafe closedir(directory)
      _ = unsafe rmdir(path)
    }
    _ = unsafe unlink(link)
  }
}

func errorText() -> String { unsafe String(cString: strerror(errno)) }
