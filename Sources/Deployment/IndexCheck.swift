extension BundleIndex {
  /// What is wrong with an index before a byte of what it lists is read: it comes from outside, and its names become paths.
  func check(_ file: String) throws(BundleFileError) {
    guard isBundleName(bundle) else {
      throw BundleFileError(.notABundle, "\(file) is of a bundle called '\(bundle)', which is no name of a bundle")
    }
    for (index, entry) in files.enumerated() { try check(entry, after: index > 0 ? files[index - 1].path : "", file) }
    for (what, path) in [("library", BundlePath.library(bundle)), ("manifest", BundlePath.manifest(bundle))]
    where !files.contains(where: { $0.path == path }) {
      throw BundleFileError(
        .incomplete, "\(file) has no \(what) \(path); build it again with 'lakoo build \(bundle)'")
    }
  }

  private func check(_ entry: File, after previous: String, _ file: String) throws(BundleFileError) {
    guard isPlain(entry.path), isOwn(entry.path) else {
      throw BundleFileError(
        .foreignPath,
        "\(file) lists '\(entry.path)', and a bundle file of \(bundle) may only hold its own library, manifest, events "
          + "and what is below \(BundlePath.functions(bundle)); it was not made by 'lakoo build'")
    }
    guard Array(previous.utf8).lexicographicallyPrecedes(Array(entry.path.utf8)) else {
      throw BundleFileError(.damaged, "\(file) lists '\(entry.path)' twice or out of order; build it again")
    }
    guard entry.size >= 0, TarHeader(path: entry.path, size: entry.size) != nil else {
      throw BundleFileError(.damaged, "\(file) lists '\(entry.path)' with \(entry.size) bytes; build it again")
    }
  }

  /// Relative, and without a way up or anything that a file system or a terminal takes for something else.
  private func isPlain(_ path: String) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !["", ".", ".."].contains($0) }
      && path.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 && $0 != "\\" }
  }

  private func isOwn(_ path: String) -> Bool {
    let folder = BundlePath.events + "/"
    let isEvent = path.hasPrefix(folder) && path.hasSuffix(".yaml") && !path.dropFirst(folder.count).contains("/")
    return isEvent || [BundlePath.library(bundle), BundlePath.manifest(bundle)].contains(path)
      || path.hasPrefix(BundlePath.functions(bundle) + "/")
  }
}

/// Lower-case letters, digits and dashes; `host` is the name of the host's own manifest.
func isBundleName(_ text: String) -> Bool {
  guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first), text != "host" else {
    return false
  }
  return text.utf8.count <= 63 && text.utf8.allSatisfy(isBundleByte)
}

private func isBundleByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
  default: false
  }
}
