private import CLibUV
private import Glibc

/// Tells of changes in folders and in all that is below them, also in folders that are made later.
///
/// What is told is a hint: one change may be told more than once, and a file may be gone again when it is told of. Who
/// listens waits until it has been quiet for a moment, then looks. Symbolic links are not followed.
public final class FileWatcher: @unchecked Sendable {
  private let loop: EventLoop
  private var onChange: (String) -> Void
  private var onFailure: (LoopError) -> Void
  private var folders: [String: WatchedFolder] = [:]
  private var isClosed = false

  /// - Parameters:
  ///   - onChange: gets the path of a file that was made, changed, moved or removed. Of a folder that is new its files are
  ///     told; of one that is gone its own path, with a slash at the end.
  ///   - onFailure: told of a new folder that can't be watched.
  /// - Throws: ``LoopError`` for a folder that is missing, or when the kernel allows no more watches.
  public init(
    _ loop: EventLoop, folders paths: [String], onChange: @escaping (String) -> Void,
    onFailure: @escaping (LoopError) -> Void
  ) throws(LoopError) {
    self.loop = loop
    self.onChange = onChange
    self.onFailure = onFailure
    do {
      for path in paths { try watch(path) { _ in } }
    } catch {
      close()
      throw error
    }
  }

  /// Ends it for good; nothing is told any more.
  public func close() {
    isClosed = true
    onChange = { _ in }
    onFailure = { _ in }
    for folder in folders.values { folder.close() }
    folders = [:]
  }

  /// Watches first and looks then, so that what comes in between is not missed.
  private func watch(_ folder: String, found: (String) -> Void) throws(LoopError) {
    guard !isClosed else { return }
    folders[folder]?.close()
    folders[folder] = try WatchedFolder(loop, folder) { [weak self] name, isMove in
      self?.changed(folder, name, isMove: isMove)
    }
    for name in names(in: folder) {
      let path = "\(folder)/\(name)"
      if isFolder(path) { try watch(path, found: found) } else { found(path) }
    }
  }

  private func changed(_ folder: String, _ name: String, isMove: Bool) {
    let path = "\(folder)/\(name)"
    let isFolder = isFolder(path)
    if isMove, forget(path) { onChange(path + "/") } else if !isFolder { onChange(path) }
    guard isMove, isFolder else { return }
    do { try watch(path) { [weak self] in self?.onChange($0) } } catch { onFailure(error) }
  }

  /// Lets go of a folder that is gone or has become another one, and of those below.
  /// - Returns: whether it was watched.
  private func forget(_ path: String) -> Bool {
    let isKnown = folders[path] != nil
    for (name, folder) in folders where name == path || name.hasPrefix(path + "/") {
      folder.close()
      folders[name] = nil
    }
    return isKnown
  }
}

/// One folder, without those below.
private final class WatchedFolder: @unchecked Sendable {
  private let memory = HandleMemory<uv_fs_event_t>()
  private var onChange: (String, Bool) -> Void

  init(_ loop: EventLoop, _ path: String, _ onChange: @escaping (String, Bool) -> Void) throws(LoopError) {
    self.onChange = onChange
    uv_fs_event_init(loop.raw, memory.pointer)
    memory.attach(self)
    let status = uv_fs_event_start(
      memory.pointer,
      { handle, name, events, _ in
        guard let name else { return }
        let me: WatchedFolder = owner(handle!.pointee.data)
        me.onChange(String(cString: name), events & Int32(UV_RENAME.rawValue) != 0)
      }, path, 0)
    if status < 0 { memory.close() }
    try check(status, "watch folder \(path)")
  }

  func close() {
    onChange = { _, _ in }
    memory.close()
  }
}

private func names(in folder: String) -> [String] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names
}

private func isFolder(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
