internal import Crypto

/// What a library was built with: Swift code only fits the very kit that it was linked with, and a compiler's layouts only
/// those of the same compiler.
public struct Fingerprint: Codable, Sendable, Hashable {
  /// The first 12 digits of the SHA-256 of `libFunctionKit.so`.
  public let kit: String
  /// What the compiler says of itself, such as `clang version 21.0.0 (… 11673e66)`.
  public let toolchain: String

  public init(kit: String, toolchain: String) {
    self.kit = kit
    self.toolchain = toolchain
  }

  private static let kitName = "libFunctionKit.so"

  /// Of the host whose kit is in this directory.
  public static func host(libraryDirectory: String) throws(FingerprintError) -> Fingerprint {
    try Fingerprint(library: "\(libraryDirectory)/\(kitName)")
  }

  /// Of a library that has its kit beside it.
  public init(library: String) throws(FingerprintError) {
    kit = try Fingerprint.kit("\(Disk.parent(library))/\(Fingerprint.kitName)")
    toolchain = try Fingerprint.toolchain(library)
  }

  private static func kit(_ path: String) throws(FingerprintError) -> String {
    var digest = StreamDigest()
    do {
      let input = try InputFile(path)
      try input.eachPiece(of: 0..<input.size) { piece throws(DiskError) in digest.update(piece) }
    } catch {
      throw FingerprintError("the kit can't be read: \(error); build it with 'swift build', or 'lakoo build'")
    }
    return String(hexString(digest.finish()).prefix(12))
  }

  /// The entries of `.comment` that name a Clang, whose commit tells one Swift toolchain from another.
  private static func toolchain(_ path: String) throws(FingerprintError) -> String {
    let elf: ELF
    do { elf = try ELF(try Disk.contents(path)) } catch {
      throw FingerprintError("\(path) is no library that can be loaded: \(error); build it again with 'lakoo build'")
    }
    let comment = elf.section(".comment").map(elf.contents) ?? []
    let lines = Set(comment.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
    let compilers = lines.filter { $0.contains("clang version") }.sorted()
    guard !compilers.isEmpty else {
      throw FingerprintError(
        "\(path) doesn't say what compiled it (its section .comment names no compiler); build it again with "
          + "'lakoo build', and don't strip it of .comment")
    }
    return compilers.joined(separator: ", ")
  }

  /// Why a bundle can't run in this host; nil if it can.
  public static func mismatch(host: Fingerprint, bundle: BundleIndex) -> String? {
    if host.toolchain != bundle.toolchain {
      return
        "\(bundle.bundle) was compiled by \(bundle.toolchain), and this host by \(host.toolchain); build the bundle "
        + "again with the host's Swift toolchain"
    }
    if host.kit != bundle.kit {
      return "\(bundle.bundle) was built with kit \(bundle.kit), and this host has kit \(host.kit); build the bundle "
        + "again beside the host's own libFunctionKit.so: the same sources of Lakoo, in the same configuration"
    }
    return nil
  }
}

/// Why it can't be told what a library was built with.
public struct FingerprintError: Error, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
