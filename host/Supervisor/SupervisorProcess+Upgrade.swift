import Deployment
import EventLoop
import FunctionKit
import Gateway
import Glibc
import HTTPServer
import LocalPostgres
import RateLimits
import Runtime

/// Another version of the host's program takes over: sockets stay open, workers go on until others serve.
extension SupervisorProcess {
  struct Program: Codable, Sendable { var program: String }

  func upgradeRoute(_ admin: BoundSocket) -> AdminRoute {
    AdminRoute(.post, "/upgrade") { (input: Program) in
      do { try self.check(input.program) } catch { throw Problem.ofDeploy(error) }
      // No deploy may begin that the other program would cut off.
      self.deployer.state.value.isBusy = true
      Task(executorPreference: self.loop) {
        // The answer goes out first: this program's connections end with it.
        try? await self.loop.sleep(for: .milliseconds(200))
        self.become(input.program, admin)
        self.deployer.state.value.isBusy = false
      }
      return Reply(input, status: 202)
    }
  }

  /// - Throws: ``Problem`` for a program that can't take over, or can't run what is live.
  private func check(_ program: String) throws {
    guard !deployer.isBusy else {
      throw Problem(409, "deploy_in_progress", "A deploy is under way on this host; try again when it is done.")
    }
    guard unsafe access(program, X_OK) == 0 else {
      throw Problem.invalid("program", "\(program) can't be run: \(errorText())")
    }
    // The other program refuses what it finds wrong, and then nobody serves.
    try Plan.check(settings)
    let folder = String(program.prefix(upTo: program.lastIndex(of: "/") ?? program.startIndex))
    do {
      let fingerprint = try Fingerprint.host(libraryDirectory: folder)
      _ = try Fitting(store: deployer.store, fingerprint: fingerprint).fitted(deployer.record, at: deployer.now)
    } catch let error as FingerprintError {
      throw Problem.invalid("program", "\(program) is not a host program: \(error)")
    }
  }

  private func become(_ program: String, _ admin: BoundSocket) {
    guard !signals.isAsked, let handover = handover(admin) else { return }
    fleet.log.host(.info, "\(program) takes over")
    fleet.log.flush()
    do {
      try handover.exec(
        program, arguments: Array(CommandLine.arguments.dropFirst()), environment: settings.variables)
    } catch {
      fleet.log.host(.error, "\(program) could not take over, and this program goes on: \(error)")
    }
  }

  private func handover(_ admin: BoundSocket) -> SupervisorHandover? {
    guard let current = fleet.state.value.current else { return nil }
    return SupervisorHandover(
      lock: lock.handedOver, sockets: fleet.handedOverSockets, admin: admin.descriptor,
      workers: fleet.workers.compactMap(\.handedOver),
      handover: [fleet.handover.sending.number, fleet.handover.receiving.number],
      rateLimits: fleet.rateLimits.descriptor.number,
      socketFolder: fleet.socketDirectory.folder, lastID: fleet.state.value.lastID, generation: current.number,
      root: current.root,
      postgres: local.handover.map { SupervisorHandover.Postgres(processID: $0.processID, lock: $0.lock) })
  }
}
