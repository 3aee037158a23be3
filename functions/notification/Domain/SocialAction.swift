import FunctionKit

/// Something that one user did to what another one made, of the kinds that are gathered.
enum SocialAction: String, Sendable, CaseIterable, SQLValue, Decodable {
  case liked = "post_liked"
  case saved = "post_saved"
  case shared = "post_shared"
  case commentLiked = "comment_liked"
  case commented = "post_commented"
  case followed = "new_follower"

  /// How long the first one waits for others.
  var window: Duration {
    switch self {
    case .liked, .saved, .shared, .commentLiked: .seconds(15 * 60)
    case .followed: .seconds(10 * 60)
    case .commented: .seconds(2 * 60)
    }
  }

  /// The same after a window that so many came into: they will go on coming.
  static let longWindow = Duration.seconds(60 * 60)
  static let many = 10

  func window(afterOneOf actors: Int?) -> Duration { (actors ?? 0) >= Self.many ? Self.longWindow : window }

  /// What it is done to, as messages name it.
  var related: String {
    switch self {
    case .liked, .saved, .shared, .commented: "post"
    case .commentLiked: "comment"
    case .followed: "user"
    }
  }

  /// Doings older than this are no news.
  static let memory = Duration.hours(24)
}
