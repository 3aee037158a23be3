private import Glibc

/// Makes writing to a client that has gone an error instead of the end of the process.
enum BrokenPipe {
  /// Done once; a disposition that somebody else has chosen stays.
  static let isHarmless: Bool = {
    var current = sigaction()
    guard sigaction(SIGPIPE, nil, &current) == 0 else { return false }
    if current.__sigaction_handler.sa_handler == nil { signal(SIGPIPE, SIG_IGN) }
    return true
  }()
}
