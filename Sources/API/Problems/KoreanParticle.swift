/// Which form of a Korean particle follows a word: `책을` but `의자를`.
enum KoreanParticle {
    /// The form that fits the last sound of `word`; both, as `을(를)`, when a reader's pronunciation decides.
    ///
    /// `으로/로` counts a final ㄹ as none: `서울로`.
    static func choose(after word: String, withFinal: String, without: String) -> String {
        guard let last = word.unicodeScalars.last(where: { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
        else {
            return "\(withFinal)(\(without))"
        }
        let ignoresRieul = withFinal == "으로"
        switch last.value {
        case 0xAC00...0xD7A3:
            let final = (last.value - 0xAC00) % 28
            return final == 0 || (ignoresRieul && final == 8) ? without : withFinal
        case 0x30...0x39:
            // 영 일 이 삼 사 오 육 칠 팔 구: 0, 1, 3, 6, 7 and 8 end in a consonant; 1, 7 and 8 in ㄹ.
            let digit = last.value - 0x30
            let hasFinal = [0, 1, 3, 6, 7, 8].contains(digit)
            return hasFinal && !(ignoresRieul && [1, 7, 8].contains(digit)) ? withFinal : without
        default:
            return "\(withFinal)(\(without))"
        }
    }
}
