import Foundation
import Glibc
import HTTPServer
import TLS

/// Certificates of this test's own, made by the openssl program.
final class Certificates {
  let folder: String

  init() throws {
    folder = "/tmp/lakoo-tls-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Makes `<name>.pem` and `<name>.key`; of a certificate for localhost that is valid for a day, or not any more.
  func make(_ name: String, isExpired: Bool = false) throws {
    try run(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path("\(name).key")])
    try run(["req", "-new", "-key", path("\(name).key"), "-out", path("\(name).csr"), "-subj", "/CN=\(name)"])
    try run([
      "x509", "-req", "-in", path("\(name).csr"), "-key", path("\(name).key"), "-out", path("\(name).pem"), "-days",
      isExpired ? "-1" : "1",
    ])
  }

  func encryptKey(_ name: String, as encrypted: String) throws {
    try run(["pkey", "-in", path("\(name).key"), "-aes256", "-passout", "pass:secret", "-out", path(encrypted)])
  }

  /// By which a server speaks.
  func context(_ name: String) throws -> TLSContext {
    try TLSSource(certificate: path("\(name).pem"), key: path("\(name).key")).context
  }

  /// Puts one certificate in the place of another.
  func replace(_ name: String, by other: String) throws {
    for suffix in ["pem", "key"] {
      try Data(contentsOf: URL(fileURLWithPath: path("\(other).\(suffix)")))
        .write(to: URL(fileURLWithPath: path("\(name).\(suffix)")), options: .atomic)
    }
  }

  /// Not by Foundation's `Process`: its end goes unnoticed while a program that was started meanwhile runs.
  private func run(_ arguments: [String]) throws {
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    guard system("openssl \(words) >/dev/null 2>&1") == 0 else { throw OpenSSLFailed(arguments: arguments) }
  }

  private struct OpenSSLFailed: Error { let arguments: [String] }
}

extension TestServer {
  /// A server whose TCP port speaks TLS by the certificate `one`.
  static func overTLS(_ limits: Limits = .quick, certificates: Certificates? = nil) throws -> TestServer {
    let certificates = try certificates ?? Certificates()
    try certificates.make("one")
    let context = try certificates.context("one")
    let server = try TestServer(limits)
    server.onLoop { $0.server.secure(tag: 1, with: context) }
    return server
  }
}
