import BSON
import Testing

@testable import API

struct CatalogueTests {
    @Test(arguments: Problem.Code.allCases)
    func `every code has a status of an error and sentences in both languages`(code: Problem.Code) {
        let row = code.row
        #expect((400...599).contains(row.status))
        for wording in [row.title, row.detail] {
            #expect(wording.korean.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) })
            #expect(!wording.english.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) })
        }
        #expect(row.title.placeholders.isEmpty, "a title is the same for every occurrence")
        #expect(row.detail.korean.hasSuffix(".") || row.detail.korean.hasSuffix("}"))
        #expect(row.detail.english.hasSuffix(".") || row.detail.english.hasSuffix("}"))
    }

    @Test(arguments: Reason.all)
    func `every reason is said in both languages`(reason: Reason) {
        #expect(reason.korean.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) })
        #expect(!reason.english.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) })
        #expect(Reason(code: reason.code) == reason)
    }

    @Test
    func `no two reasons share a code`() {
        #expect(Set(Reason.all.map(\.code)).count == Reason.all.count)
        #expect(Reason(code: "no_such_reason") == nil)
    }

    @Test(arguments: Problem.Code.allCases)
    func `Korean and English ask for the same values`(code: Problem.Code) {
        let detail = code.row.detail
        let korean = Wording(korean: detail.korean, english: "").placeholders
        let english = Wording(korean: "", english: detail.english).placeholders
        #expect(korean == english)
    }

    @Test
    func `a code is found by what stands on the wire`() {
        #expect(Problem.Code(rawValue: "command_taken") == .commandTaken)
        #expect(Problem.Code(rawValue: "commandTaken") == nil)
    }

    @Test
    func `the page has a place for every code and shows the values by name`() {
        let html = ProblemCatalogue.html()
        for code in Problem.Code.allCases { #expect(html.contains("<section id=\"\(code.rawValue)\">")) }
        #expect(html.contains("봇 '⟨bot⟩'이(가) 제한 시간"))
        #expect(!html.contains("{needed"))
        #expect(html.contains("'Authorization: Bearer &lt;key&gt;'"))
    }
}
