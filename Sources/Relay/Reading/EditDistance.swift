/// How many slips of the finger turn one word into another: a letter too many, too few, a wrong one, or two swapped.
///
/// It keeps the rows of its table between words, so that comparing one with thousands allocates nothing.
struct EditDistance<Letter: Equatable> {
    private var beforeLast: [Int] = []
    private var last: [Int] = []
    private var current: [Int] = []

    /// The distance, or nil when it is greater than `limit`. Looks only at cells within `limit` of the diagonal.
    mutating func between(_ left: [Letter], _ right: [Letter], atMost limit: Int) -> Int? {
        guard abs(left.count - right.count) <= limit else { return nil }
        let far = limit + 1
        if last.count <= right.count {
            let more = Array(repeating: far, count: right.count + 1 - last.count)
            beforeLast += more
            last += more
            current += more
        }
        for column in 0...right.count { last[column] = min(column, far) }
        for row in 0..<left.count {
            let columns = max(0, row - limit)..<min(right.count, row + limit + 1)
            current[columns.lowerBound] = columns.lowerBound == 0 ? min(row + 1, far) : far
            for column in columns {
                var best = last[column] + (left[row] == right[column] ? 0 : 1)
                best = min(best, last[column + 1] + 1, current[column] + 1)
                let isSwapped =
                    row > 0 && column > 0 && left[row] == right[column - 1] && left[row - 1] == right[column]
                if isSwapped { best = min(best, beforeLast[column - 1] + 1) }
                current[column + 1] = min(best, far)
            }
            // The cell behind the last one of this row is looked at from the next.
            if columns.upperBound < right.count { current[columns.upperBound + 1] = far }
            (beforeLast, last, current) = (last, current, beforeLast)
        }
        return last[right.count] <= limit ? last[right.count] : nil
    }
}
