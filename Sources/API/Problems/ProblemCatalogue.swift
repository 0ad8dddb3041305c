/// The page that explains every problem to people, made from the rows that the API answers with.
public enum ProblemCatalogue {
    /// A whole HTML page in both languages. Each code is the fragment that a problem's `type` names.
    public static func html() -> String {
        let codes = Problem.Code.allCases.map(section).joined()
        let reasons = Reason.all.map(row).joined()
        return """
            <!doctype html>
            <html lang="ko">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>hiworker: problems</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            code { font-size: 0.95em; } section { margin: 1.5rem 0; } h2 { font-size: 1.1rem; margin: 0; }
            td, th { text-align: start; vertical-align: top; padding: 0.25rem 1rem 0.25rem 0; }
            p { margin: 0.25rem 0; }
            </style>
            </head>
            <body>
            <h1>오류 코드 · Problems</h1>
            <p>오류는 <code>application/problem+json</code>(RFC 9457)으로 옵니다. 문장의 언어는 <code>Accept-Language</code>로 정해집니다.</p>
            <p lang="en">Errors come as <code>application/problem+json</code> (RFC 9457), in the language that \
            <code>Accept-Language</code> asks for.</p>
            \(codes)<h2 id="errors">errors</h2>
            <table>
            \(reasons)</table>
            </body>
            </html>

            """
    }

    private static func section(_ code: Problem.Code) -> String {
        let row = code.row
        return """
            <section id="\(code.rawValue)">
            <h2><code>\(code.rawValue)</code> · \(row.status)</h2>
            <p><strong>\(text(row.title, .korean))</strong> \(text(row.detail, .korean))</p>
            <p lang="en"><strong>\(text(row.title, .english)).</strong> \(text(row.detail, .english))</p>
            </section>

            """
    }

    private static func row(_ reason: Reason) -> String {
        """
        <tr><td><code>\(reason.code)</code></td><td>\(text(reason.wording, .korean))</td>\
        <td lang="en">\(text(reason.wording, .english))</td></tr>

        """
    }

    /// A sentence whose values are shown by their names, `⟨bot⟩`.
    private static func text(_ wording: Wording, _ language: Language) -> String {
        let names = wording.placeholders.map { ($0, "⟨\($0)⟩") }
        return escaped(wording.text(in: language, Dictionary(uniqueKeysWithValues: names)))
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
