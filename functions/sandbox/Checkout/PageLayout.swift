import FunctionKit

extension HTML {
  /// A page that needs nothing from elsewhere.
  static func page(_ title: String, _ content: HTML) -> HTML {
    """
    <!doctype html>
    <html lang="id">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title)</title>
    <style>\(style)</style>
    </head>
    <body>
    <main>
    \(content)
    </main>
    <footer>Sandbox: di sini tidak ada uang sungguhan.</footer>
    </body>
    </html>
    """
  }

  private static let style: HTML = """
    :root { color-scheme: light dark; --ink: #17202a; --soft: #64717f; --card: #fff; --page: #eef1f5; --go: #0b6e4f }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e8edf2; --soft: #98a5b3; --card: #1b232c; --page: #10161c; --go: #2fae83 }
    }
    body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
    main { max-width: 26rem; margin: 8vh auto 1rem; padding: 2rem; background: var(--card); border-radius: 1rem;
      box-shadow: 0 1px 2px #0002, 0 8px 30px #0001 }
    p { margin: 0 0 .75rem } a { color: var(--go) }
    .merchant { color: var(--soft); letter-spacing: .08em } .amount { font-size: 2.25rem; font-weight: 650; margin: 0 }
    .badge { padding: .15rem .7rem; border-radius: 1rem; font-size: .85rem; background: #8883 }
    .badge.paid { background: var(--go); color: #fff } .badge.over { background: #b33a3a; color: #fff }
    dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1rem; margin: 1.5rem 0; font-size: .92rem }
    dt { color: var(--soft) } dd { margin: 0; text-align: right; overflow-wrap: anywhere }
    button { width: 100%; padding: .85rem; border: 0; border-radius: .6rem; background: var(--go); color: #fff;
      font: inherit; font-weight: 600; cursor: pointer }
    .others { display: grid; grid-template-columns: repeat(3, 1fr); gap: .5rem; margin: .75rem 0 }
    button.other { padding: .5rem; background: #8882; color: var(--ink); font-weight: 500; font-size: .85rem }
    button.quiet { background: none; color: var(--soft); font-weight: 400 }
    footer { text-align: center; color: var(--soft); font-size: .85rem }
    """
}
