import ArgumentParser
import FunctionKit
import Manifest
import Runtime
import Tokens

/// `lakoo token`: lets a developer call as any user before there is anybody to sign in with.
struct Token: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints an access token for development, for curl's -H \"authorization: Bearer …\".")

  @Option(help: "The user's UUID.", transform: Token.id) var user: ID
  @Option(help: "What the user may act as, such as seller; repeat it for several.") var role: [Role] = []
  @Option(help: "The session that the token belongs to; default: one of its own.") var session: String?
  @Option(help: "The UUID of the seller that the user sells as.", transform: Token.id) var seller: ID?
  @Option(help: "For how many minutes it is valid, at most 60.") var minutes: Int64 = 60
  @OptionGroup var project: ProjectOptions

  func validate() throws {
    let longest = TokenVerifier.longestLife / 60
    guard (1...longest).contains(minutes) else { throw ValidationError("--minutes is \(minutes); use 1 to \(longest)") }
  }

  func run() throws {
    let token = try refusing { try sign(Settings.read(root: project.root)) }
    print(token)
  }

  private static func id(_ text: String) throws -> ID {
    guard let id = ID(text) else { throw ValidationError("'\(text)' is not a UUID") }
    return id
  }

  private func sign(_ settings: Settings) throws -> String {
    guard !settings.isProduction else {
      throw Refusal("lakoo token signs for development only; in production the auth service issues tokens", exitCode: 2)
    }
    let auth = try Plan.soundManifests(settings, at: settings.root).host.auth
    let secrets = try Secrets(settings, needed: ["JWT_SECRET"], verifying: []).values
    let now = HostClock().now
    let grant = TokenGrant(
      issuer: auth.issuer, audience: auth.audience, user: user, session: session ?? "development-\(now.microseconds)",
      roles: Set(role.map(\.name) + ["user"]).sorted(), seller: seller, at: now, lifetime: .minutes(minutes))
    return try grant.signed(with: secrets["JWT_SECRET"] ?? "")
  }
}

extension Token {
  /// A role by its name.
  struct Role: ExpressibleByArgument {
    let name: String

    init?(argument: String) {
      guard let role = Caller.Role(rawValue: argument) else { return nil }
      name = role.rawValue
    }

    static var allValueStrings: [String] { Caller.Role.allCases.map(\.rawValue) }
  }
}
