import Testing

@testable import API

struct LanguageTests {
    @Test(
        arguments: [
            (nil, .english), ("", .english), ("ko", .korean), ("en", .english), ("ko-KR", .korean), ("KO-kr", .korean),
            ("en-US,en;q=0.9,ko;q=0.8", .english), ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", .korean),
            ("fr", .english), ("fr, ko;q=0.1", .korean), ("fr;q=1, *;q=0.5", .english), ("*", .english),
            ("ko, en", .korean), ("en, ko", .english), ("en;q=0.5, ko;q=0.5", .english), ("ko;q=0.5,en;q=0.5", .korean),
            ("en;q=0.2, ko;q=0.3", .korean), ("ko;q=0", .english), ("ko;q=0, *;q=0", .english),
            ("en;q=0, *", .korean), ("en;q=0, ko", .korean), ("ko;q=0.001, en;q=0", .korean),
            (" ko ; q=0.9 , en ; q=0.8 ", .korean), ("ko;q=1.0", .korean), ("ko;q=1.001", .english),
            ("ko;q=2", .english), ("ko;q=", .english), ("ko;q=a", .english), ("ko;level=1", .english),
            ("korean", .english), ("kok", .english), ("k", .english), (";;,,;q=", .english), ("ko;q=0.1234", .english),
            ("ko-", .korean), ("한국어", .english),
        ] as [(String?, Language)]
    )
    func `the reader's language is chosen by weight`(header: String?, expected: Language) {
        #expect(Language(acceptLanguage: header) == expected)
    }
}
