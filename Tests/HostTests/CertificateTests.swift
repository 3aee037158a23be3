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

  @Test func `is spoken by at the gateway's port alone, and a new one is taken up by all workers while the host runs`()
    throws
  {
    let project = try ProjectCopy()
    let host = try speaking(project)
    defer { host.cleanUp() }
    let plain = try HTTP.get(host.port(.address), "/health")
    #expect(plain.status == 200 && plain.headers["strict-transport-security"] == nil)
    let answer = try talk(to: host, project)
    #expect(answer.contains("CN = first") && answer.contains("Strict-Transport-Security: max-age=31536000"))
    try makeCertificate("second", for: project)
    try waitUntil("the new certificate is served", seconds: 30) { try isServed("second", by: host, project) }
  }

  @Test func `stays when the next one can't be used, for workers that begin meanwhile, too`() throws {
    let project = try ProjectCopy()
    let host = try speaking(project)
    defer { host.cleanUp() }
    let complaint = "the gateway keeps the certificate that it has"
    try Data("broken".utf8).write(to: URL(fileURLWithPath: "\(project.root)/tls.pem"))
    try waitUntil("the broken file is told of", seconds: 30) { host.output.contains(complaint) }
    host.signal(SIGHUP)
    try waitUntil("nothing is reloaded", seconds: 30) {
      host.output.contains("nothing was reloaded: tls in manifests/host.yaml: certificate \(project.root)/tls.pem")
    }
    let before = Set(host.workers)
    for worker in before { kill(worker, SIGKILL) }
    try host.waitForWorkers(otherThan: before)
    #expect(try isServed("first", by: host, project))
  }

  /// A host of two workers whose gateway speaks TLS by the certificate `first`.
  private func speaking(_ project: borrowing ProjectCopy) throws -> RunningHost {
    try makeCertificate("first", for: project)
    let line = "\ntls: { certificate: \(project.root)/tls.pem, key: \(project.root)/tls.key }\n"
    try project.write("manifests/host.yaml") { $0 + line }
    let host = try RunningHost(root: project.root, environment: ["LAKOO_WORKERS": "2"])
    try host.start(answeringAt: .address)
    return host
  }

  /// Whether a dozen connections, more than one worker takes, all get that certificate.
  private func isServed(_ name: String, by host: RunningHost, _ project: borrowing ProjectCopy) throws -> Bool {
    for _ in 0..<12 { guard try talk(to: host, project).contains("CN = \(name)") else { return false } }
    return true
  }

  private func makeCertificate(_ name: String, for project: borrowing ProjectCopy) throws {
    let (status, output) = try project.run(
      "/usr/bin/env",
      [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
        "-subj", "/CN=\(name)", "-keyout", "\(project.root)/tls.key", "-out", "\(project.root)/tls.pem",
      ], [:])
    guard status == 0 else { throw TestFailure(output) }
  }

  /// What `s_client` says of a request to the gateway: the certificate, and the answer.
  private func talk(to host: RunningHost, _ project: borrowing ProjectCopy) throws -> String {
    let request = #"GET /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"#
    let client = "openssl s_client -ign_eof -connect 127.0.0.1:\(host.port(.gateway))"
    return try project.run("/bin/sh", ["-c", "printf '\(request)' | \(client)"], [:]).output
  }
}
