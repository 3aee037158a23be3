import Deployment
import EventLoop
import FunctionKit
import Manifest
import Runtime

/// What follows from a crash besides a new worker.
extension SupervisorProcess {
  /// A release that crashes so soon after it became live is taken back by itself, where its manifest says so.
  private static let trial = Duration.seconds(300)

  func watchCrashes() {
    fleet.crashes.listen { [fleet] in
      fleet.tell(.quarantine(functions: $0))
    } onCrash: { [self] in
      afterDeploy($0)
    }
  }

  /// What a deploy that is under way makes live counts, too.
  private func afterDeploy(_ crash: CrashedFunction) {
    guard deployer.isBusy else { return takeBack(crash) }
    Task(executorPreference: loop) {
      while self.deployer.isBusy { try await self.loop.sleep(for: .milliseconds(100)) }
      self.takeBack(crash)
    }
  }

  private func takeBack(_ crash: CrashedFunction) {
    if deployer.record.bundles[crash.bundle]?.candidate == crash.release { return endTrial(crash) }
    let manifest = fleet.state.value.current?.bundles.first { $0.name == crash.bundle }
    guard manifest?.rollback == .auto, let live = deployer.record.bundles[crash.bundle],
      live.release == crash.release, live.previous != nil, clock.now - live.since < SupervisorProcess.trial
    else { return }
    fleet.log.host(
      .error, "\(crash.bundle): release \(crash.release) crashed soon after it became live and is rolled back")
    takeBack(crash.bundle) { try await self.deployer.rollback(crash.bundle, to: nil) }
  }

  /// A trial is there to find out whether a release can be trusted, and that is known now.
  private func endTrial(_ crash: CrashedFunction) {
    fleet.log.host(.error, "\(crash.bundle): release \(crash.release) crashed on trial, and the trial is over")
    takeBack(crash.bundle) { try await self.deployer.abort(crash.bundle) }
  }

  private func takeBack(_ bundle: String, _ change: @escaping @Sendable () async throws -> Deployer.Outcome) {
    Task(executorPreference: loop) {
      do { _ = try await change() } catch {
        self.fleet.log.host(.error, "\(bundle) could not be taken back: \(error)")
      }
    }
  }
}
