import FaultTesting
import Foundation

/// A file system in memory that has room for almost nothing.
struct Mount {
  private let folder: String

  /// Whether whoever runs the tests may mount.
  static let isPermitted: Bool = {
    let folder = "/tmp/lakoo-mount-\(UUID().uuidString)"
    defer { rmdir(folder) }
    guard mkdir(folder, 0o700) == 0, let mount = try? Mount(on: folder, kilobytes: 64) else { return false }
    mount.end()
    return true
  }()

  init(on folder: String, kilobytes: Int) throws {
    self.folder = folder
    guard mount("tmpfs", folder, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
      throw TestFailure("\(folder): nothing can be mounted, error \(errno)")
    }
  }

  func end() { umount2(folder, Int32(MNT_DETACH)) }
}
