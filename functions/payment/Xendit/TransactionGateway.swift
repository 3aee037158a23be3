import FunctionKit

/// How the provider's list of movements is read; the functions know no other way to reach it.
struct TransactionGateway: Sendable {
  /// Movements of a time, newest first.
  /// - Parameter after: the last one of the page before.
  var page: @Sendable (Listing, _ after: String?) async throws -> MovementPage
  /// Every movement of one thing, whenever it was.
  var find: @Sendable (MovementType, _ reference: String) async throws -> [Movement]
}

/// A part of the provider's list.
struct Listing: Sendable, Equatable {
  enum Kind: Sendable {
    /// By when it was made: money that came in, and all that we know nothing of.
    case incoming
    /// By when it was over: money that went out takes its time.
    case outgoing
  }

  var kind: Kind
  var day: BusinessDay
}

struct MovementPage: Sendable {
  var movements: [Movement]
  /// Where the list goes on; nil at its end.
  var next: String?
}
