import Deployment
import FunctionKit
import Migrations

extension Problem {
  /// What an operator is told of a deploy that did not come to be: which check failed, and all that it found.
  static func ofDeploy(_ error: any Error) -> any Error {
    switch error {
    case let error as BundleFileError: problem(error)
    case let error as DeploymentError: problem(error)
    case let error as MigrationError: Problem(422, "migration_failed", error.message)
    case let error as SchemaGateError: Problem(422, "statement_broken", error.description)
    case let refusal as Refusal: Problem(422, "check_failed", refusal.description)
    default: error
    }
  }

  private static func problem(_ error: BundleFileError) -> Problem {
    switch error.code {
    case .noSpace: Problem(507, "no_space", error.message)
    case .notWritten: Problem(500, "not_written", error.message)
    default: Problem(422, "bundle_unreadable", error.message)
    }
  }

  private static func problem(_ error: DeploymentError) -> Problem {
    switch error.code {
    case .unknownBundle: Problem(404, "bundle_unknown", error.message)
    case .unknownRelease: Problem(404, "release_unknown", error.message)
    case .nothingToRollBack: Problem(409, "nothing_to_roll_back", error.message)
    case .alreadyLive: Problem(409, "already_live", error.message)
    case .candidateUnderWay: Problem(409, "candidate_under_way", error.message)
    case .noCandidate: Problem(409, "no_candidate", error.message)
    case .percentOutOfRange: Problem(422, "validation_failed", error.message)
    case .unreadable: Problem(422, "deployment_unreadable", error.message)
    case .noSpace: Problem(507, "no_space", error.message)
    case .notWritten: Problem(500, "not_written", error.message)
    }
  }
}
