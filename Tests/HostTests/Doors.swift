import FaultTesting

extension Door {
  static let address: Door = "address"
  static let payment: Door = "payment"
  static let notification: Door = "notification"
  static let sandbox: Door = "sandbox"
  static let crash: Door = "crash"
}
