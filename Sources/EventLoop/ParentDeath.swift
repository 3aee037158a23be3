private import CLibUV
private import Glibc

/// Ends a process whose parent has died and whose loop does not notice, because something holds it up.
public enum ParentDeath {
  /// From now on the process ends so many seconds after its parent, unless ``outlive()`` is called. It needs no loop that
  /// turns: the kernel sends the signal, and the handler sets the process's alarm.
  public static func endAfter(seconds: UInt32) {
    patience = seconds
    signal(SIGUSR1) { _ in alarm(ParentDeath.patience) }
    uv_shim_signal_on_parent_death(SIGUSR1)
  }

  /// The loop has noticed and goes on for as long as it likes.
  public static func outlive() {
    uv_shim_signal_on_parent_death(0)
    signal(SIGUSR1, SIG_IGN)
    alarm(0)
  }

  // Written once, before the handler can run.
  nonisolated(unsafe) private static var patience: UInt32 = 0
}
