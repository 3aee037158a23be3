/// A page that shows the document at its side and tries its calls, without anything from elsewhere.
public enum DocumentationPage {
  public struct Part: Sendable {
    public let path: [String]
    public let contentType: String
    public let bytes: [UInt8]
  }

  public static let parts = [
    Part(path: ["api-docs"], contentType: "text/html; charset=utf-8", bytes: PackageResources.page_html),
    Part(
      path: ["api-docs", "page.js"], contentType: "text/javascript; charset=utf-8", bytes: PackageResources.page_js),
    Part(path: ["api-docs", "page.css"], contentType: "text/css; charset=utf-8", bytes: PackageResources.page_css),
  ]
}
