import Testing

@testable import API

struct WordingTests {
    @Test(
        arguments: [
            ("봇", "봇이"), ("회의", "회의가"), ("S1", "S1이"), ("S2", "S2가"), ("10:00", "10:00이"), ("3", "3이"),
            ("9", "9가"), ("'예약'", "'예약'이"), ("room", "room이(가)"), ("", "이(가)"), ("!", "!이(가)"),
        ]
    )
    func `a particle follows the last sound of the value`(value: String, expected: String) {
        let wording = Wording(korean: "{name}{name:이/가}", english: "")
        #expect(wording.text(in: .korean, ["name": value]) == expected)
    }

    @Test(arguments: [("서울", "로"), ("부산", "으로"), ("제주", "로"), ("1", "로"), ("3", "으로"), ("8", "로")])
    func `으로 loses its vowel after ㄹ`(value: String, expected: String) {
        #expect(Wording(korean: "{name:으로/로}", english: "").text(in: .korean, ["name": value]) == expected)
    }

    @Test
    func `values are not read as templates`() {
        let wording = Wording(korean: "", english: "<{a}> <{b}>")
        #expect(wording.text(in: .english, ["a": "{b}", "b": "{"]) == "<{b}> <{>")
    }

    @Test
    func `a placeholder without a value stays to be seen`() {
        #expect(Wording(korean: "", english: "{a} {").text(in: .english, [:]) == "{a} {")
    }

    @Test
    func `a word that is not in the vocabulary is shown as it is`() {
        let wording = Wording(korean: "", english: "{a:kind}, {a:nothing}")
        #expect(wording.text(in: .english, ["a": "robot"]) == "robot, robot")
    }
}
