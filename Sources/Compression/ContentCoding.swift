/// A form that a body can be sent in, by its name in HTTP; the better one first.
public enum ContentCoding: String, Sendable, CaseIterable {
  case brotli = "br"
  case gzip
}
