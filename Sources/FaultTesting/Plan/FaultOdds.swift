/// How probable a fault is at each place where one can happen, from 0 to 1.
public struct FaultOdds: Sendable, Equatable {
  /// At each statement of a database whose sessions are cut.
  public var statement = 1.0 / 120
  /// At each call to a provider.
  public var call = 1.0 / 3
  /// At each delivery of a provider.
  public var delivery = 1.0 / 2
  /// After each fault, so that the host is shaken in proportion to all else.
  public var upheaval = 1.0 / 40
  public var upheavals = Upheaval.allCases

  public init() {}

  /// Nothing but `kill -9`, again and again.
  public static var killsAlone: FaultOdds {
    var odds = FaultOdds()
    (odds.statement, odds.call, odds.delivery, odds.upheaval, odds.upheavals) = (0, 0, 0, 1, [.kill])
    return odds
  }
}
