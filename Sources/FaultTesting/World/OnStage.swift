internal import EventLoop
internal import LoopTesting

/// Sets the stage for the body and clears it afterwards, whatever comes of it.
/// - Throws: ``FaultFailure``.
func onStage(
  _ host: RunningHost, _ seed: UInt64, _ places: FaultPlaces, _ source: FaultCourse.Source,
  _ body: @escaping @Sendable (Stage) async throws -> Void
) async throws -> FaultReport {
  try await withLoop { loop in
    let course = LoopLocal(loop, FaultCourse(source))
    let stage = try await Staging(loop: loop, seed: seed, places: places, host: host, course: course).build()
    let begin = ContinuousClock.now
    func report() -> FaultReport {
      FaultReport(seed: seed, log: course.value.log, duration: ContinuousClock.now - begin, runs: stage.runCount)
    }
    do { try await body(stage) } catch {
      let failure = FaultFailure(error, report(), host)
      await stage.close()
      throw failure
    }
    let report = report()
    await stage.close()
    return report
  }
}
