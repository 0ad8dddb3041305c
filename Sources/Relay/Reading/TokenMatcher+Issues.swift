import API
import Directory

extension TokenMatcher {
    /// What is wrong with words that do not match: at least one issue.
    ///
    /// Each token takes its longest reading, or, when it has none or more words look like a value that is wrong, as in
    /// `11월 24일 수요일` of a Tuesday, those words: so one wrong value does not make the others wrong. Words left over are
    /// named only when nothing else is wrong: behind a wrong value they mostly belong to it.
    func issues() -> [Problem.Issue] {
        var issues: [Problem.Issue] = []
        var word = firstWord
        for (index, token) in tokens.enumerated() {
            guard word < text.words.count else {
                if token.required { issues.append(issue(token, .missingToken, ["label": token.label])) }
                continue
            }
            guard text.words[word].quoting != .unclosed else {
                return issues + [issue(token, .unclosedQuote, ["value": quoted(word)])]
            }
            let reader = reader(of: index)
            let reading = reader.readings(in: text, from: word).first
            let fault = reader.fault(in: text, from: word)
            if let reading, reading.words >= fault.words {
                word += reading.words
                continue
            }
            if text.words[word].content.isEmpty {
                issues.append(issue(token, .missingToken, ["label": token.label]))
            } else {
                issues.append(issue(token, fault.reason, fault.arguments))
            }
            word += fault.words
        }
        if word < text.words.count, issues.isEmpty { issues.append(surplus(from: word)) }
        return issues
    }

    private func issue(_ token: Token, _ reason: Reason, _ arguments: [String: String]) -> Problem.Issue {
        Problem.Issue(.token(key: token.key), reason, arguments)
    }

    private func surplus(from word: Int) -> Problem.Issue {
        if text.words[word].quoting == .unclosed {
            return Problem.Issue(.token(key: nil), .unclosedQuote, ["value": quoted(word)])
        }
        return Problem.Issue(.token(key: nil), .surplusWords, ["value": Excerpt.of(text.rest(from: word))])
    }

    /// The beginning of what stands behind an unclosed quote.
    private func quoted(_ word: Int) -> String {
        text.phrase(word..<word + 1).excerpt
    }
}
