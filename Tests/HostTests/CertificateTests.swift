import FaultTesting
import Foundation
import Testing

/// The gateway's certificate, as the host takes it.
@Suite struct `A certificate of the gateway` {
  @Test func `that can't be used is told before anything listens`() throws {
    let project = try ProjectCopy()
    let line = "\ntls: { certificate: \(project.root)/none.pem, key: \(project.root)/none.key }\n"
    try project.write("manifests/host.yaml") { $0 + line }
    let (status, output) = try project.lakoo(["run"])
    #expect(status == 2)
    #expect(
      output.contains("tls in manifests/host.yaml: certificate \(project.root)/none.pem can't be used"), "\(output)")
  }

  @Test func `is spoken by at the gateway's port alone, and a new one is taken up while the host runs`() throws {
    let project = try ProjectCopy()
    try makeCertificate("first", in: project.root)
    let line = "\ntls: { certificate: \(project.root)/tls.pem, key: \(project.root)/tls.key }\n"
    try project.write("manifests/host.yaml") { $0 + line }
    let host = try RunningHost(root: project.root)
    defer { host.cleanUp() }
    try host.start(answeringAt: .address)
    #expect(try HTTP.get(host.port(.address), "/health").status == 200)
    #expect(try subject(host.port(.gateway)).contains("first"))
    try makeCertificate("second", in: project.root)
    try waitUntil("the new certificate is served", seconds: 30) { try subject(host.port(.gateway)).contains("second") }
    try Data("broken".utf8).write(to: URL(fileURLWithPath: "\(project.root)/tls.pem"))
    try waitUntil("the broken file is told of", seconds: 30) {
      host.output.contains("the gateway keeps the certificate that it has")
    }
    #expect(try subject(host.port(.gateway)).contains("second"))
  }

  private func makeCertificate(_ name: String, in folder: String) throws {
    _ = try run([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj",
      "/CN=\(name)", "-keyout", "\(folder)/tls.key", "-out", "\(folder)/tls.pem",
    ])
  }

  /// What `s_client` says of the certificate that is served at the port.
  private func subject(_ port: Int) throws -> String {
    try run(["s_client", "-connect", "127.0.0.1:\(port)"])
  }

  private func run(_ arguments: [String]) throws -> String {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    (process.standardInput, process.standardOutput) = (FileHandle.nullDevice, output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }
}
