import Glibc

/// How this process is called where several hosts share a database.
enum Runner {
  static var name: String {
    var buffer = [CChar](repeating: 0, count: 256)
    let isNamed = unsafe gethostname(&buffer, buffer.count - 1) == 0
    let host = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return "\(isNamed ? host : "host"):\(getpid())"
  }
}
