/// Where a session between host and PostgreSQL is cut, as seen from one statement.
public enum Cut: String, Sendable, CaseIterable {
  /// The statement never reaches the server.
  case before = "cut before"
  /// The server has run it to its end, the commit included, and the host never hears of it.
  case unanswered = "cut unanswered"
  /// The host has its answer, and loses the session right after.
  case after = "cut after"
}

/// What becomes of a call to a provider.
public enum CallFault: String, Sendable, CaseIterable {
  /// It breaks off before it has any effect.
  case refused = "call refused"
  /// It has its effect, and the answer is lost.
  case unanswered = "call unanswered"
  /// The provider says 500, without an effect.
  case serverError = "call answered 500"
  /// The provider says 429, without an effect.
  case tooMany = "call answered 429"
  case slow = "call slow"
}

/// What becomes of a provider's delivery to the platform.
public enum DeliveryFault: String, Sendable, CaseIterable {
  /// It comes twice at the same time.
  case twice = "delivered twice"
  /// It comes a second time under another name, so that the host can't tell that it is the same.
  case renamed = "delivered renamed"
  /// The sender takes it for lost and repeats it; the first one comes after all, later.
  case late = "delivered late"
  /// It waits until another one has passed it.
  case overtaken = "delivery overtaken"
  /// It comes, and the sender hears nothing and repeats it.
  case unanswered = "delivery unanswered"
  /// It does not come, and the sender repeats it.
  case lost = "delivery lost"
}

/// What happens to the host as a whole.
public enum Upheaval: String, Sendable, CaseIterable {
  /// `kill -9`, and a new start.
  case kill = "host killed"
  /// The relay forgets how far it came and delivers every event anew.
  case redelivery = "events redelivered"
  /// The clock jumps ahead, so that schedules fire and waits are over.
  case clock = "clock moved"
}

/// Anything that can be made to go wrong.
public enum Fault: Hashable, Sendable, CustomStringConvertible {
  case statement(Cut)
  case call(CallFault)
  case delivery(DeliveryFault)
  case host(Upheaval)

  public var description: String {
    switch self {
    case .statement(let cut): cut.rawValue
    case .call(let fault): fault.rawValue
    case .delivery(let fault): fault.rawValue
    case .host(let upheaval): upheaval.rawValue
    }
  }
}
