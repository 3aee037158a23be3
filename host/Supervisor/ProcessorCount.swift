import Glibc

/// How many processors this process may use.
func processorCount() -> Int {
  var set = cpu_set_t()
  guard unsafe sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0 else { return 1 }
  let count = unsafe withUnsafeBytes(of: set) { unsafe $0.reduce(0) { $0 + $1.nonzeroBitCount } }
  return max(1, count)
}
