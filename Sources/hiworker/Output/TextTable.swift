/// Rows of text in columns that line up in a terminal, also with wide characters.
struct TextTable {
    /// Between two columns.
    private static let gap = 2

    let header: [String]
    private(set) var rows: [[String]] = []

    init(_ header: [String]) {
        self.header = header
    }

    /// Adds a row of as many cells as the header has.
    mutating func append(_ cells: [String]) {
        rows.append(cells.map { TerminalText.safe($0) })
    }

    /// Lines without blanks at their ends.
    var lines: [String] {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { TerminalText.width($0[column]) }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - TerminalText.width(cell) + Self.gap)
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }
}
